"""The command writes the page's Word document, as somebody, and history has it."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from coding.domain.case_drafts import open_draft, write_section
from interviews.models import Case
from tests.factories.field import make_case
from tests.factories.studies import Cast
from tests.factories.templates import make_section
from workbench.models import HistoryEntry


@pytest.fixture
def written(cast: Cast, case: Case) -> Case:
    draft = open_draft(member=cast.coder, case=case)
    write_section(
        member=cast.coder, draft=draft, section=make_section(cast.lead), text="Nu.", base_version=0
    )
    return case


@pytest.mark.parametrize(("options", "who"), [([], "lead"), (["--as", "reader"], "reader")])
def test_it_writes_the_report_as_a_member(
    cast: Cast, written: Case, tmp_path: Path, options: list[str], who: str
) -> None:
    out = tmp_path / "case.docx"
    call_command("export_case", "study", "tofteby", "--out", str(out), *options)
    assert out.read_bytes().startswith(b"PK")
    entry = HistoryEntry.objects.get(action="exported")
    assert entry.actor is not None
    assert (entry.actor.username, entry.label) == (who, "tofteby.docx")


@pytest.mark.parametrize(
    ("key", "options", "reason"),
    [
        ("tofteby", ["--as", "stranger"], "no study"),
        ("nowhere", [], "no case"),
        ("andet", [], "Nobody has begun"),
    ],
)
def test_it_refuses_in_a_sentence_and_records_nothing(
    cast: Cast, written: Case, tmp_path: Path, key: str, options: list[str], reason: str
) -> None:
    make_case(cast.lead, "andet", "Andet")
    with pytest.raises(CommandError, match=reason):
        call_command("export_case", "study", key, "--out", str(tmp_path / "x.docx"), *options)
    assert not HistoryEntry.objects.filter(action="exported").exists()
