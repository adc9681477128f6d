"""Danish is complete: every string of the screen has its Danish words."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from workbench.management.commands.update_catalogues import KEYWORDS, PYTHON, screen_strings

pytestmark = pytest.mark.pure
DANISH = Path(__file__).resolve().parents[2] / "workbench/locale/da/LC_MESSAGES/django.po"


@pytest.fixture(scope="module")
def danish() -> Catalog:
    with DANISH.open("rb") as file:
        return read_po(file, locale="da")


def words(message: Message | None) -> Iterator[str]:
    if message is None:
        yield ""
    elif isinstance(message.string, str):
        yield message.string
    else:
        yield from message.string or ("",)


def test_every_string_of_the_screen_has_danish_words(danish: Catalog) -> None:
    missing = [
        message.id
        for message in screen_strings()
        if message.id and not all(words(danish.get(message.id, message.context)))
    ]
    assert not missing


def test_no_other_name_for_gettext_hides_strings() -> None:
    root = DANISH.parents[4]
    names = {
        name
        for package in PYTHON
        for path in (root / package).rglob("*.py")
        for name in re.findall(r"import \w*gettext\w* as (\w+)", path.read_text())
    }
    assert names
    assert names <= KEYWORDS.keys()


def test_placeholders_survive_translation(danish: Catalog) -> None:
    broken = [
        (message.id, [str(error) for error in message.check(danish)])
        for message in danish
        if message.id and any(message.check(danish))
    ]
    assert not broken


def test_no_danish_word_is_left_over(danish: Catalog) -> None:
    known = screen_strings()
    assert [m.id for m in danish if m.id and known.get(m.id, m.context) is None] == []


def test_words_that_mislead_are_not_used(danish: Catalog) -> None:
    """Evidens means proof of effect; koder are codes, not people; drivers drive cars."""
    text = " ".join(word.casefold() for m in danish if m.id for word in words(m))
    for word in ("evidens", "karantæne", "drivers"):
        assert word not in text
