"""The documentation is whole: what exists is in it, and what it points at is there."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import reverse

from workbench.access.permissions import TABLE
from workbench.api import api
from workbench.checks import api_operations
from workbench.enums import Role

pytestmark = pytest.mark.pure
ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]+)(?:#[^)\s]*)?\)")
OPERATION = re.compile(r"^\| `([A-Z]+) (/api/v1/[^`]+)` \| [^|]+ \| ([^|]+) \|$", re.MULTILINE)
WHO = {
    "any member": set(Role),
    "leads, coders": {Role.LEAD, Role.CODER},
    "leads": {Role.LEAD},
    # Further narrowed by the verb itself.
    "who made it, leads": {Role.LEAD, Role.CODER},
    "who started it": set(Role),
}


def links(page: Path) -> Iterator[str]:
    yield from LINK.findall(page.read_text())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    assert [link for link in links(page) if not (page.parent / link).exists()] == []


def test_every_page_can_be_reached_from_the_readme() -> None:
    found: set[Path] = set()
    waiting = [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        for link in links(page):
            target = (page.parent / link).resolve()
            targets = target.glob("*.md") if target.is_dir() else [target]
            for each in set(targets) - found:
                found.add(each)
                if each.suffix == ".md":
                    waiting.append(each)
    assert set((ROOT / "docs").rglob("*.md")) - found == set()


def test_every_command_of_ours_is_told_of() -> None:
    commands = {
        path.stem
        for path in ROOT.glob("*/management/commands/*.py")
        if path.stem != "__init__" and ".venv" not in path.parts
    }
    assert len(commands) > 5
    page = (ROOT / "docs/commands.md").read_text()
    assert {name for name in commands if f"**`{name}" not in page} == set()


def test_every_operation_is_told_of_and_no_other() -> None:
    told = {
        (method, path)
        for method, path, _who in OPERATION.findall((ROOT / "docs/api.md").read_text())
    }
    schema = api.get_openapi_schema(path_prefix=reverse("api-1:api-root"))
    offered = {
        (method.upper(), path) for path, methods in schema["paths"].items() for method in methods
    }
    assert told == offered


def test_who_may_do_what_is_told_as_the_table_has_it() -> None:
    permitted = {
        (method, re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", f"/{path}")): set(
            TABLE[operation.view_func.permission]  # type: ignore[attr-defined]
        )
        for path, operation in api_operations()
        for method in operation.methods
    }
    wrong = [
        f"{method} {path}: {who}"
        for method, path, who in OPERATION.findall((ROOT / "docs/api.md").read_text())
        if permitted[method, path] != WHO[who.strip()]
    ]
    assert wrong == []
