"""The reference study as it stands after loading, in both languages."""

from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count

from coding.domain.imports.fixtures import folder, read_json
from coding.domain.imports.reference import load_reference_study
from coding.models import Code, CodebookVersion, EvidenceRule, QuestionRule
from interviews.domain.queries.measurements import measured_in_case
from interviews.domain.queries.selection import matrix
from interviews.enums import KitItemKind, SelectionState
from interviews.models import (
    AnalysisFocus,
    AnalysisQuestion,
    BiasStatement,
    Candidate,
    Case,
    Contact,
    CriterionMark,
    Instrument,
    Interview,
    KeyFigure,
    KitItem,
    MappedProject,
    Measurement,
    Participant,
    PrintedTally,
    SelectionCriterion,
    SelectionVersion,
    Source,
    TemplatePoint,
    TemplateSection,
    Visit,
)
from tests.factories.studies import make_user
from workbench.domain.studies import add_member
from workbench.enums import Language, Role
from workbench.models import HistoryEntry, Member, Study

pytestmark = pytest.mark.django_db

ROWS = {
    KitItem: 71,
    TemplateSection: 7,
    TemplatePoint: 29,
    AnalysisFocus: 27,
    AnalysisQuestion: 9,
    Code: 63,
    CodebookVersion: 1,
    Case: 6,
    Visit: 6,
    Interview: 25,
    Participant: 36,
    SelectionVersion: 2,
    SelectionCriterion: 15,
    Candidate: 6,
    CriterionMark: 66,
    Contact: 5,
    MappedProject: 56,
    Source: 9,
    BiasStatement: 2,
    PrintedTally: 7,
    Instrument: 13,
    Measurement: 23,
    KeyFigure: 76,
}


def load(*arguments: str) -> str:
    out = StringIO()
    call_command("load_reference_study", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("language", list(Language))
def test_everything_of_the_reference_study_is_there(language: Language) -> None:
    study = load_reference_study(language=language).study

    assert {model: model._default_manager.count() for model in ROWS} == ROWS
    assert study.language == language
    assert KitItem.objects.filter(kind=KitItemKind.SECTION).count() == 8
    assert KitItem.objects.filter(recurrence="outcome").count() == 4
    assert [each["key"] for each in study.kit.answer_categories] == [
        "gain_kinds",
        "challenge_kinds",
        "outcome",
    ]
    assert KitItem.objects.exclude(categories=[]).count() == 6


@pytest.mark.parametrize(
    ("language", "code", "item"),
    [
        (Language.DANISH, "Hæmmere", "Hvad ville I opnå ved at tage social kapital op?"),
        (
            Language.ENGLISH,
            "Barriers",
            "What did you want to achieve by taking up social capital?",
        ),
    ],
)
def test_its_words_are_those_of_the_language(language: Language, code: str, item: str) -> None:
    load_reference_study(language=language)

    assert Code.objects.get(key="haemmere").name == code
    assert KitItem.objects.get(key="s1_maal").text == item


def test_numbers_follow_from_the_tree_and_are_the_printed_ones() -> None:
    load_reference_study()
    printed = dict(KitItem.objects.values_list("key", "number"))
    expected: dict[str, str] = {}
    stack = [*read_json(folder("reference_study", "kit.json"))["sections"]]
    for each in stack:
        expected[each["key"]] = each.get("number", str(each["position"]))
        stack.extend(each.get("children", each.get("items", ())))

    assert printed == expected


def test_empty_budgets_stay_empty() -> None:
    load_reference_study()

    budgets = list(TemplateSection.objects.values_list("page_budget", flat=True))
    assert [None if each is None else float(each) for each in budgets] == [
        1.0, 0.25, 0.25, 1.5, None, None, None,
    ]  # fmt: skip


def test_each_section_names_the_sources_it_must_stand_on() -> None:
    study = load_reference_study().study

    assert study.case_template.total_pages == 5
    assert list(TemplateSection.objects.values_list("required_sources", flat=True)) == [
        ["written", "interview"], ["written"], ["observation"], ["interview", "observation"],
        ["written", "interview"], ["interview"], ["interview"],
    ]  # fmt: skip


def test_no_point_drowns_in_codes() -> None:
    """Most codes are about how it is done: they spread over that section's points."""
    load_reference_study()
    by_point = Counter(
        EvidenceRule.objects.filter(code__isnull=False).values_list("point__key", flat=True)
    )
    by_section = Counter(
        EvidenceRule.objects.filter(code__isnull=False)
        .order_by()
        .values_list("point__section__key", "code")
        .distinct()
        .values_list("point__section__key", flat=True)
    )

    assert len(by_point) >= 25
    assert max(by_point.values()) <= 9
    assert by_section["t4_goer_sk"] <= 43


def test_codes_are_in_tree_order_with_their_paths() -> None:
    load_reference_study()
    codes = list(Code.objects.all())

    assert [code.order for code in codes] == list(range(63))
    for code in codes:
        assert all((code.definition, code.use_when, code.not_when, code.example, code.brief))
        assert code.path.split(" / ")[-1] == code.name
        if code.parent:
            assert code.parent.order < code.order
            assert code.path == f"{code.parent.path} / {code.name}"


def test_every_code_and_question_places_evidence() -> None:
    load_reference_study()
    rules = read_json(folder("reference_study", "evidence_rules.json"))

    for source, count in (("code", 63), ("item", 63)):
        assert EvidenceRule.objects.exclude(**{source: None}).values(source).distinct().count() == (
            count
        )
    assert EvidenceRule.objects.count() == sum(
        len(points)
        for name in ("code_points", "question_points", "document_kind_points")
        for points in rules[name].values()
    )
    assert QuestionRule.objects.count() == sum(
        len(questions) for questions in rules["code_analysis_questions"].values()
    )


def test_it_says_that_it_is_an_example_without_transcripts() -> None:
    study = load_reference_study().study

    assert study.is_published_example
    assert study.notice.startswith("Udgivet eksempel")


def test_a_date_that_is_not_certain_stays_words() -> None:
    load_reference_study()
    (uncertain,) = Visit.objects.filter(date=None)

    assert uncertain.case.key == "glostrup"
    assert uncertain.date_text.startswith("18. april 2013 ")
    assert uncertain.date_text.endswith(" 30. april 2013")


def test_all_99_figures_are_there_none_without_what_it_stands_on() -> None:
    load_reference_study()

    assert Measurement.objects.count() + KeyFigure.objects.count() == 99
    assert not KeyFigure.objects.filter(source="").exists()
    assert list(Measurement.objects.filter(no_caveat=True).values_list("case__key", "value")) == [
        ("soedalskolen", None),
        ("soedalskolen", 92),
    ]
    assert Measurement.objects.filter(case=None).count() == 6
    assert KeyFigure.objects.filter(case=None).count() == 3


def test_social_capital_grows_at_one_workplace_above_the_norm() -> None:
    load_reference_study()
    (measured,) = (
        each
        for each in measured_in_case(Case.objects.get(key="fjordbo"))
        if each.instrument.norm is not None
    )

    assert [(row.shown_value, row.date, row.caveat) for row in measured.rows] == [
        ("10,7", "2011", "måling ved start; over landsgennemsnittet"),
        ("11,92", "2011-11", "intern måling"),
        (
            "12,3",
            "2012",
            "rapporten siger et andet sted, at målingen efter forløbet var uændret",
        ),
    ]
    assert measured.chart is not None
    assert measured.chart.norm is not None
    assert all(point.y < measured.chart.norm.at for point in measured.chart.points)


def test_participants_of_an_interview_belong_to_its_case() -> None:
    load_reference_study()

    for interview in Interview.objects.annotate(people=Count("participants")):
        assert all(p.case_id == interview.visit.case_id for p in interview.participants.all())
        if interview.people:
            assert interview.people_actual == interview.people


def test_each_group_of_nouns_has_its_history() -> None:
    study = load_reference_study().study
    nouns = set(HistoryEntry.objects.filter(study=study).values_list("noun", flat=True))

    assert nouns == {
        "study", "analysis_frame", "case_template", "kit", "codebook", "evidence_rule", "case",
        "map",
        "instrument", "measurement", "key_figure",
        "selection_version",
    }  # fmt: skip


def test_loading_again_changes_nothing_and_says_so() -> None:
    first = load()
    before = HistoryEntry.objects.count()
    second = load("--language", "en")

    assert "Loaded social-capital" in first
    assert "nothing of it was changed" in second
    assert HistoryEntry.objects.count() == before
    assert {model: model._default_manager.count() for model in ROWS} == ROWS
    assert Study.objects.get(slug="social-capital").language == "da"


def test_the_superuser_admin_leads_it_when_there_is_one() -> None:
    admin = make_user("admin", is_superuser=True)
    load()

    assert Member.objects.get(user=admin).role == Role.LEAD


def test_people_can_be_added_later() -> None:
    make_user("anna")
    load()
    assert not Member.objects.exists()

    assert "anna joined" in load("--member", "anna=reader")
    assert Member.objects.get().role == Role.READER


@pytest.mark.parametrize("member", ["anna", "anna=boss", "nobody=reader"])
def test_a_member_that_makes_no_sense_is_refused(member: str) -> None:
    make_user("anna")

    with pytest.raises(CommandError):
        load("--member", member)
    assert not Study.objects.exists()


def test_both_lists_of_criteria_stand_with_what_each_case_was_read_to_meet() -> None:
    """The list that was decided has nine criteria; the proposal before it had six."""
    study = load_reference_study().study
    member = add_member(study=study, actor=None, user=make_user("leser"), role=Role.READER)
    decided, proposed = matrix(member), matrix(member, 1)

    assert decided.version is not None
    assert proposed.version is not None
    assert (decided.version.number, decided.version.state) == (2, SelectionState.DECIDED)
    assert str(decided.version.decided_on) == "2012-12-19"
    assert proposed.version.state == SelectionState.PROPOSED
    assert (len(decided.rows), len(proposed.rows), decided.chosen) == (9, 6, 6)
    assert [len(row.criterion.aspects) for row in proposed.rows] == [0, 0, 0, 0, 4, 0]
    assert [(row.met, row.partly) for row in decided.rows] == [
        (6, 0), (6, 0), (4, 2), (6, 0), (4, 2), (5, 1), (3, 3), (4, 2), (6, 0),
    ]  # fmt: skip
    # Three of the six stand on no level that the proposal allowed for certain.
    level = proposed.rows[0]
    assert Counter(cell.reading for cell in level.cells) == {"met": 1, "partly": 3, "not_met": 2}


def test_the_spread_of_the_published_cases_is_the_printed_one() -> None:
    study = load_reference_study().study
    member = add_member(study=study, actor=None, user=make_user("leser"), role=Role.READER)
    spread = {each.attribute: each for each in matrix(member).spread}

    councils = spread["Branchearbejdsmiljøråd"].values
    assert [(each.value, len(each.chosen)) for each in councils] == [
        ("BAR FOKA", 2), ("BAR SoSu", 2), ("BAR U&F", 2),
    ]  # fmt: skip
    assert spread["Antal ansatte"].span == (16, 2400)
