"""Files as people and programs make them, each beside the turns it must give."""

import json
from pathlib import Path

import pytest

from interviews.formats import SUFFIXES, parse

FOLDER = Path(__file__).resolve().parents[2] / "golden" / "formats"
FILES = sorted(path for path in FOLDER.iterdir() if path.with_name(path.name + ".json").exists())

pytestmark = pytest.mark.pure


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_golden_file_gives_its_turns(path: Path) -> None:
    expected = json.loads(path.with_name(path.name + ".json").read_text())
    document = parse(path.read_bytes(), name=path.name)
    found = [
        [turn.speaker, turn.text, turn.start_ms, turn.end_ms, turn.manner]
        for turn in document.turns
    ]
    assert found == expected


def test_every_format_has_a_golden_file() -> None:
    assert {path.suffix for path in FILES} >= set(SUFFIXES) - {".markdown"}
