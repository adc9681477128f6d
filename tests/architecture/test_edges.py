"""Edges that no import linter sees."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.pure
ROOT = Path(__file__).resolve().parents[2]


def sources(*folders: str, suffix: str = ".py") -> list[Path]:
    return [
        path
        for folder in folders
        for path in sorted((ROOT / folder).rglob(f"*{suffix}"))
        if "migrations" not in path.parts
    ]


def offences(paths: list[Path], pattern: str, allowed: str = r"(?!)") -> list[str]:
    """Lines that match the pattern and not what is allowed, as file:line."""
    found = []
    for path in paths:
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if re.search(pattern, line) and not re.search(allowed, line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()}")
    return found


def test_field_work_names_nothing_of_analysis() -> None:
    named = r"\bcoding[.:/]|[\"']coding[\"'.]|from coding|import coding"
    assert not offences(sources("interviews"), named)
    assert not offences(sources("templates/interviews", suffix=".html"), named)


def test_codings_are_read_through_visible_to_alone() -> None:
    readers = [
        path
        for path in sources("workbench", "interviews", "coding")
        if path != ROOT / "coding/domain/codings.py"
    ]
    assert not offences(readers, r"\bCoding\.objects\b", allowed=r"Coding\.objects\.visible_to\(")


def test_doors_open_no_transactions() -> None:
    doors = [
        path
        for path in sources("workbench", "interviews", "coding")
        if {"views", "api", "forms", "commands"} & {*path.parts} or path.name == "tasks.py"
    ]
    assert not offences(doors, r"\batomic\b|\bchanging\(")


def test_a_change_of_a_study_begins_with_its_lock() -> None:
    apart = {
        "workbench/domain/changing.py",
        "workbench/domain/snapshots.py",
        # No study yet, several of them, or a user name that all share.
        "workbench/domain/studies.py",
        "workbench/domain/accounts.py",
        "workbench/domain/invitations.py",
        "coding/domain/copies.py",
        "coding/domain/imports/demo.py",
        "coding/domain/imports/reference.py",
        # Files on their way in are no part of the study yet.
        "interviews/domain/intakes/clearing.py",
        "interviews/domain/intakes/correcting.py",
        "interviews/domain/intakes/receiving.py",
    }
    folders = ("workbench/domain", "interviews/domain", "coding/domain")
    verbs = [path for path in sources(*folders) if str(path.relative_to(ROOT)) not in apart]
    assert not offences(verbs, r"\batomic\(|select_for_update")


def test_every_brace_of_a_style_sheet_is_closed() -> None:
    sheets = sources("workbench", "interviews", "coding", suffix=".css")
    assert sheets
    assert [
        each for each in sheets if each.read_text().count("{") != each.read_text().count("}")
    ] == []


def test_templates_hold_no_style_and_no_script_of_their_own() -> None:
    pages = sources("templates", suffix=".html")
    assert not offences(pages, r"\sstyle=|<style|\son[a-z]+=\"")
    assert not offences(pages, r"<script", allowed=r"\bsrc=|type=\"application/json\"")


def test_pure_modules_open_no_files_and_read_no_environment() -> None:
    pure = sources("coding/formats", "workbench/files", "workbench/language")
    assert not offences(pure, r"\bos\.environ|\bgetenv\(")


def test_only_settings_and_the_supervisor_read_the_environment() -> None:
    others = [
        path
        for path in sources("workbench", "interviews", "coding")
        if "settings" not in path.parts
        and path.name not in {"supervisor.py", "wsgi.py", "sandbox.py"}
        and "management" not in path.parts
    ]
    assert not offences(others, r"os\.environ|getenv\(")


@pytest.mark.django_db(databases=["default", "keystore"])
def test_every_change_of_a_model_has_its_migration() -> None:
    out = StringIO()
    call_command("makemigrations", "--check", "--dry-run", stdout=out, verbosity=1)
    assert "No changes" in out.getvalue()


def test_files_stay_readable_in_one_sitting() -> None:
    long = [
        f"{path.relative_to(ROOT)}: {lines}"
        for path in [*sources("workbench", "interviews", "coding", "tests")]
        if (lines := len(path.read_text().splitlines())) > 420
    ]
    assert not long
