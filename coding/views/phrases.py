"""The words of the coding surface's scripts, in the reader's language."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Final

from django.utils.translation import gettext, override

SCRIPTS: Final = Path(__file__).resolve().parents[1] / "static"
SURFACE: Final = SCRIPTS / "coding" / "surface"
_IMPORT: Final = re.compile(r'^import .+ from "(\..+)";$', re.MULTILINE)


def _english() -> dict[str, str]:
    phrases: dict[str, str] = json.loads((SURFACE / "model" / "phrases.json").read_bytes())
    return phrases


def _with_imports(entry: Path) -> set[Path]:
    """The module and all that it needs before it can run."""
    found: set[Path] = set()
    look = [entry]
    while look:
        module = look.pop()
        if module not in found:
            found.add(module)
            names = _IMPORT.findall(module.read_text(encoding="utf-8"))
            look += [(module.parent / name).resolve() for name in names]
    return found


ENGLISH: Final = _english()
# Named in the page, so that the browser need not read one file to learn of the next. Only what
# shows the codings: what can be done about them is loaded when they stand on the screen.
MODULES: Final = tuple(
    sorted(path.relative_to(SCRIPTS).as_posix() for path in _with_imports(SURFACE / "surface.js"))
)


@cache
def phrases(language: str) -> dict[str, str]:
    """Every phrase by its key."""
    with override(language):
        return {key: gettext(words) for key, words in ENGLISH.items()}
