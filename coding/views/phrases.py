"""The words of the coding surface's scripts, in the reader's language."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Final

from django.utils.translation import gettext, override

SCRIPTS: Final = Path(__file__).resolve().parents[1] / "static"
SURFACE: Final = SCRIPTS / "coding" / "surface"
_OBJECT: Final = re.compile(r"/\* begin \*/\s*(\{.*?\})\s*/\* end \*/", re.DOTALL)


def _english() -> dict[str, str]:
    found = _OBJECT.search((SURFACE / "model" / "phrases.js").read_text(encoding="utf-8"))
    assert found is not None
    phrases: dict[str, str] = json.loads(found[1])
    return phrases


ENGLISH: Final = _english()
# Named in the page, so that the browser need not read one file to learn of the next.
MODULES: Final = tuple(
    sorted(path.relative_to(SCRIPTS).as_posix() for path in SURFACE.rglob("*.js"))
)


@cache
def phrases(language: str) -> dict[str, str]:
    """Every phrase by its key."""
    with override(language):
        return {key: gettext(words) for key, words in ENGLISH.items()}
