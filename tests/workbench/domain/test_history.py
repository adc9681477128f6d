"""History speaks in words: every field that a verb records has one."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.history.actions import SENTENCES, Action
from workbench.history.nouns import FIELDS, NOUNS

pytestmark = pytest.mark.pure
ROOT = Path(__file__).resolve().parents[3]


def calls() -> Iterator[ast.keyword]:
    """Every keyword argument in the domain."""
    for app in ("workbench", "interviews", "coding"):
        for path in sorted((ROOT / app / "domain").rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.keyword):
                    yield node


def recorded_fields() -> set[str]:
    return {
        key.value
        for keyword in calls()
        if keyword.arg in ("before", "after") and isinstance(keyword.value, ast.Dict)
        for key in keyword.value.keys
        if isinstance(key, ast.Constant) and isinstance(key.value, str)
    }


def recorded_nouns() -> set[str]:
    return {
        str(keyword.value.value)
        for keyword in calls()
        if keyword.arg == "noun" and isinstance(keyword.value, ast.Constant)
    }


def test_every_field_that_is_recorded_has_a_word() -> None:
    fields = recorded_fields()
    assert len(fields) > 20
    assert fields - set(FIELDS) == set()


def test_every_noun_that_is_recorded_has_a_word() -> None:
    nouns = recorded_nouns()
    assert {"member", "study"} <= nouns
    assert nouns - set(NOUNS) == set()


def test_every_action_has_its_sentence() -> None:
    assert set(SENTENCES) == set(Action)
