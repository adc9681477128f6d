"""Exports: everything the chain needs, in one moment, and harmless wherever it is opened."""

import csv
import io
import json
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from coding.domain.evidence import hide_excerpt, pin_excerpt, set_code_rules, set_item_rules
from coding.domain.exports import ExportFormat, excerpt_rows, export_excerpts, first_rows
from coding.domain.memos import memo_on
from coding.domain.queries.excerpts import ExcerptQuery
from coding.formats.excerpt_rows import COLUMNS, ExcerptRow
from coding.models import Code, Coding, Memo
from interviews.domain.documents import SpeakerMapping, SpokenTurn
from interviews.enums import AnswerKind, ParticipantRole
from interviews.models import (
    AnswerMark,
    Case,
    CaseTemplate,
    Document,
    Interview,
    Kit,
    KitItem,
    TemplatePoint,
    TemplateSection,
    Visit,
)
from tests.factories.codings import make_code, make_coding
from tests.factories.field import make_document, make_participant
from tests.factories.studies import Cast, make_cast
from workbench.models import HistoryEntry, Member

NASTY = '- altså\n=HYPERLINK("http://example.test")'


@pytest.fixture
def code(cast: Cast) -> Code:
    return make_code(cast.lead, "=1+1", make_code(cast.lead, "Hæmmere"))


@pytest.fixture
def talk(cast: Cast, case: Case) -> Document:
    Case.objects.filter(pk=case.pk).update(attributes={"headcount": 46})
    visit = Visit.objects.create(study=cast.study, case=case, date="2024-05-14")
    interview = Interview.objects.create(
        study=cast.study, visit=visit, number=3, title="Fokusgruppe", form="focus_group"
    )
    helper = make_participant(case, "@Hjælper 4", role=ParticipantRole.EMPLOYEE)
    document = make_document(
        cast.coder,
        case,
        turns=(
            SpokenTurn("Hvad så? 🙂", "Interviewer", 1000),
            SpokenTurn("- altså, så er tavlen visket ud.", "Hjælper 4", 754_000),
            SpokenTurn("=SUM af det hele.", "Bente Rigtignavn", 3_661_000),
        ),
        speakers={
            "Interviewer": SpeakerMapping(is_interviewer=True),
            "Hjælper 4": SpeakerMapping(helper),
        },
    )
    Document.objects.filter(pk=document.pk).update(interview=interview)
    return document


@pytest.fixture
def coding(cast: Cast, talk: Document, code: Code) -> Coding:
    coding = make_coding(cast.coder, talk, "- altså, så er tavlen", code)
    memo_on(member=cast.coder, noun="coding", subject=coding.pk, text=NASTY)
    return coding


def rows(member: Member, **query: Any) -> list[ExcerptRow]:
    return list(excerpt_rows(member, ExcerptQuery(**query)))


def written(member: Member, form: ExportFormat) -> bytes:
    stream = io.BytesIO()
    export_excerpts(member=member, query=ExcerptQuery(), form=form, stream=stream)
    return stream.getvalue()


def test_a_row_leads_back_to_where_it_was_said(cast: Cast, talk: Document, coding: Coding) -> None:
    [row] = rows(cast.coder)
    revision = talk.current_revision
    assert revision is not None
    assert revision.text[row.start : row.end] == row.quote == "- altså, så er tavlen"
    assert revision.text[: row.start].endswith(row.context_before)
    assert revision.text[row.end :].startswith(row.context_after)
    assert (row.case, row.case_attributes) == ("tofteby", {"headcount": 46})
    assert (row.interview, row.form, str(row.date)) == ("Fokusgruppe", "focus_group", "2024-05-14")
    assert (row.participant_pseudonym, row.role) == (("@Hjælper 4",), ("employee",))
    assert (row.turn, row.time_code) == ((2,), ("00:12:34",))
    assert (row.code, row.code_path, row.coder) == ("=1+1", "Hæmmere / =1+1", "Coder")
    assert (row.coding_id, row.memo) == (coding.pk, NASTY)


def test_a_passage_across_turns_names_all_of_them_and_no_real_name(
    cast: Cast, talk: Document, code: Code
) -> None:
    make_coding(cast.coder, talk, "visket ud.\n\n=SUM af", code)
    [row] = rows(cast.coder)
    assert (row.turn, row.time_code) == ((2, 3), ("00:12:34", "01:01:01"))
    assert row.participant_pseudonym == ("@Hjælper 4",)
    assert "Rigtignavn" not in str(row)


def test_sections_follow_rules_and_hands(cast: Cast, talk: Document, coding: Coding) -> None:
    template = CaseTemplate.objects.create(study=cast.study)
    points = {}
    for order, key in enumerate(("t1", "t2", "t3")):
        section = TemplateSection.objects.create(template=template, key=key, title=key, order=order)
        points[key] = TemplatePoint.objects.create(section=section, key="p", text="p")
    parent = coding.code.parent
    assert parent is not None
    set_code_rules(member=cast.lead, code=parent, points=[points["t2"].pk], questions=[])
    item = KitItem.objects.create(kit=Kit.objects.create(study=cast.study), key="tid", text="Tid?")
    set_item_rules(member=cast.lead, item=item, points=[points["t1"].pk])
    AnswerMark.objects.create(
        document=talk, turn=talk.turns.get(number=2), item=item, kind=AnswerKind.ANSWERED
    )
    [row] = rows(cast.coder)
    assert (row.template_section, row.kit_question) == (("t1", "t2"), ("tid",))
    place: dict[str, Any] = {"member": cast.coder, "case": talk.case, "excerpt": coding.excerpt}
    pin_excerpt(**place, point=points["t3"])
    hide_excerpt(**place, point=points["t2"])
    [row] = rows(cast.coder)
    assert row.template_section == ("t1", "t3")


def test_private_memos_are_handed_on_by_nobody(cast: Cast, coding: Coding) -> None:
    Memo.objects.create(
        study=cast.study,
        author=cast.second_coder.user,
        noun="coding",
        subject=coding.pk,
        text="kun min",
        private=True,
    )
    for exporter in (cast.second_coder, cast.coder):
        assert rows(exporter)[0].memo == NASTY


def test_the_exact_csv_is_the_words_untouched(cast: Cast, coding: Coding) -> None:
    table = list(csv.reader(io.StringIO(written(cast.coder, ExportFormat.CSV).decode("utf-8"))))
    assert tuple(table[0]) == COLUMNS
    row = dict(zip(table[0], table[1], strict=True))
    assert row["quote"] == "- altså, så er tavlen"
    assert row["memo"] == NASTY
    assert json.loads(row["case_attributes"]) == {"headcount": 46}


def test_the_csv_for_excel_runs_nothing(cast: Cast, coding: Coding) -> None:
    data = written(cast.coder, ExportFormat.CSV_EXCEL)
    assert data.startswith(b"\xef\xbb\xbf")
    # A Danish study: its readers' Excel splits at semicolons.
    table = list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    row = dict(zip(table[0], table[1], strict=True))
    assert row["quote"] == "'- altså, så er tavlen"
    assert row["code"] == "'=1+1"
    assert row["memo"] == "'" + NASTY
    assert row["participant_pseudonym"] == "'@Hjælper 4"


def test_the_workbook_holds_text_and_no_formula(cast: Cast, coding: Coding) -> None:
    data = written(cast.coder, ExportFormat.XLSX)
    table = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    row = dict(zip(table[0], table[1], strict=True))
    assert row["code"] == "=1+1"
    assert row["quote"] == "- altså, så er tavlen"
    assert row["start"] == rows(cast.coder)[0].start
    assert b"<f>" not in data


def test_an_export_is_in_history_without_the_words_searched_for(
    cast: Cast, coding: Coding, code: Code
) -> None:
    query = ExcerptQuery(codes=(code.pk,), text="hemmeligt ord")
    done = export_excerpts(
        member=cast.reader, query=query, form=ExportFormat.CSV, stream=io.BytesIO()
    )
    entry = HistoryEntry.objects.get(noun="export", subject=done.id)
    assert (entry.action, entry.after["rows"]) == ("exported", 0)
    assert entry.after["filters"] == {"codes": [code.path], "text": True}


def test_rows_come_case_by_case_and_a_study_never_meets_another(cast: Cast, coding: Coding) -> None:
    other = make_cast("other", prefix="other-")
    assert rows(other.lead) == []
    assert first_rows(cast.coder, ExcerptQuery(), 5) == rows(cast.coder)


def test_a_query_survives_its_way_through_a_job(cast: Cast, case: Case, code: Code) -> None:
    query = ExcerptQuery(
        codes=(code.pk,), cases=(case.pk,), roles=("leader",), text="%_\\", coders=()
    )
    through = json.loads(json.dumps(query.as_parameters()))
    assert ExcerptQuery.from_parameters(through) == query
    assert ExcerptQuery.from_parameters({}) == ExcerptQuery()


def test_more_rows_take_no_more_queries(
    cast: Cast, talk: Document, code: Code, django_assert_num_queries: Any
) -> None:
    make_coding(cast.coder, talk, "Hvad så", code)
    with django_assert_num_queries(13):
        assert len(rows(cast.coder)) == 1
    for quote in ("tavlen", "=SUM", "visket ud"):
        make_coding(cast.coder, talk, quote, code)
    with django_assert_num_queries(13):
        assert len(rows(cast.coder)) == 4
