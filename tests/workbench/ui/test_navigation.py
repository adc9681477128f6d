"""The rail shows what a member may open, and where they are."""

import pytest
from django.urls import reverse

from workbench.access.permissions import Permission
from workbench.ui.navigation import GROUPS, Item, sections

KEYS = [page.url_name for group in GROUPS for page in group.pages]


def items(path: str, **options: object) -> dict[str, Item]:
    groups = sections(slug="demo", path=path, may=lambda _: True, **options)  # type: ignore[arg-type]
    return {item.key: item for group in groups for item in group.items}


def currents(found: dict[str, Item]) -> dict[str, str]:
    return {key: item.current for key, item in found.items() if item.current}


def test_every_place_in_the_rail_has_a_page() -> None:
    assert [reverse(key, kwargs={"slug": "demo"}) for key in KEYS]
    assert len(KEYS) == len(set(KEYS))


@pytest.mark.parametrize("key", KEYS)
def test_a_page_of_the_rail_is_marked_as_the_current_one(key: str) -> None:
    assert currents(items(reverse(key, kwargs={"slug": "demo"}))) == {key: "page"}


def test_a_page_below_marks_its_place_as_the_section() -> None:
    path = reverse("documents", kwargs={"slug": "demo"}) + "7f9c/"
    assert currents(items(path)) == {"documents": "section"}


def test_a_view_can_name_its_place_itself() -> None:
    assert currents(items("/studies/demo/", section="memos")) == {"memos": "section"}


def test_counts_stand_only_where_they_are_known() -> None:
    found = items("/studies/demo/", counts={"cases": 0})
    assert found["cases"].count == 0
    assert found["memos"].count is None


def test_what_a_member_may_not_open_is_left_out() -> None:
    groups = sections(slug="demo", path="/", may=lambda wanted: wanted == Permission.EXPORT)
    assert [[item.key for item in group.items] for group in groups] == [["export"]]
