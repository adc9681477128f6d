"""The demo study as it stands after loading."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from coding.domain.imports.demo import load_demo_study
from coding.domain.queries.case_drafts import draft_of_case
from coding.domain.queries.cross_case import cell_view, question_grid
from coding.enums import CodeOrigin, DraftState, TextState
from coding.models import CaseDraft, Cell, CellCitation, Code, Coding, Comment, Placement
from interviews.domain.participants import verify_keystore
from interviews.enums import AskedState, DocumentKind
from interviews.models import AnalysisQuestion, Case, Document, Interview, Participant, Speaker
from workbench.history.actions import Action
from workbench.keystore.models import NameKey
from workbench.models import HistoryEntry, Member, Study, User

ALIASES = ("default", "keystore")
pytestmark = pytest.mark.django_db(databases=ALIASES)
PASSWORD = "correct horse"


@pytest.fixture(scope="module")
def loaded(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Study]:
    """The demo study, loaded once for this module and rolled back after it."""
    with ExitStack() as stack:
        stack.enter_context(django_db_blocker.unblock())
        for alias in ALIASES:
            stack.enter_context(transaction.atomic(using=alias))
        stack.enter_context(override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")))
        study = load_demo_study(password=PASSWORD).study
        # Here once: every test would check the whole study again at its own rollback.
        connection.check_constraints()
        yield study
        for alias in ALIASES:
            transaction.set_rollback(True, using=alias)


@pytest.fixture
def demo(loaded: Study, db: None) -> Member:
    return Member.objects.select_related("study", "user").get(study=loaded, role="lead")


def test_twelve_interviews_with_twenty_people(demo: Member) -> None:
    spoken = Document.objects.filter(kind__in=[DocumentKind.TRANSCRIPT, DocumentKind.NOTES])
    words = list(spoken.values_list("current_revision__words", flat=True))

    assert len(words) == 12
    assert min(words) >= 1_500
    assert Document.objects.count() == 20
    assert sorted(Interview.objects.values_list("number", flat=True)) == list(range(1, 13))
    assert Participant.objects.count() == 20
    assert Participant.objects.filter(driving=True).count() == 11


def check_quotes(member: Member) -> None:
    for coding in Coding.objects.visible_to(member).select_related("document"):
        placement = Placement.objects.select_related("revision").get(
            excerpt=coding.excerpt_id, revision=coding.document.current_revision_id
        )
        assert placement.quote == placement.revision.text[placement.start : placement.end]


def test_codings_are_many_true_and_of_two_coders_who_disagree(demo: Member) -> None:
    check_quotes(demo)
    codings = list(Coding.objects.visible_to(demo).select_related("coder", "code"))
    by_excerpt: dict[object, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for coding in codings:
        by_excerpt[coding.excerpt_id][coding.coder.username].add(coding.code.key)
    both = [each for each in by_excerpt.values() if len(each) == 2]

    assert len(codings) >= 250
    assert len(both) >= 50
    assert any(each["coder"] == each["second-coder"] for each in both)
    assert any(not each["coder"] & each["second-coder"] for each in both)
    assert {coding.direction for coding in codings} == {"", "furthers", "hinders", "both"}
    assert {coding.weight for coding in codings} == {None, 1, 2, 3}


def test_it_uses_twenty_two_codes_and_three_that_emerged(demo: Member) -> None:
    codes = Code.objects.filter(study=demo.study)

    assert codes.filter(origin=CodeOrigin.A_PRIORI).count() == 22
    assert {code.name for code in codes.filter(origin=CodeOrigin.EMERGENT)} == {
        "Aftenholdet udenfor",
        "De midlertidiges tavshed",
        "Tempo slår regel",
    }
    used = Coding.objects.visible_to(demo).values_list("code", flat=True)
    assert set(used) == set(codes.values_list("pk", flat=True))


def test_four_drafts_in_four_states_and_one_citation_to_check(demo: Member) -> None:
    drafts = {draft.case.key: draft for draft in CaseDraft.objects.select_related("case")}

    assert {key: draft.state for key, draft in drafts.items()} == {
        "tofteby": DraftState.SUBMITTED,
        "tilskudskontoret": DraftState.RETURNED,
        "nordkaj": DraftState.APPROVED,
        "svalen": DraftState.DRAFT,
    }
    views = {key: draft_of_case(demo, draft.case) for key, draft in drafts.items()}
    doubtful = {key: [c.number for c in view.doubtful_citations] for key, view in views.items()}
    assert doubtful == {
        "tofteby": [8],
        "tilskudskontoret": [],
        "nordkaj": [],
        "svalen": [],
    }
    assert Comment.objects.filter(section_text__draft=drafts["tilskudskontoret"]).count() == 2
    assert all(draft.citations.count() >= 8 for draft in drafts.values())


def test_the_grid_shows_every_state_a_cell_can_have(demo: Member) -> None:
    grid = question_grid(demo)
    cells = {(row.title, cell.case.key): cell for row in grid.rows for cell in row.cells}
    asked = {place: cell.asked.state for place, cell in cells.items() if cell.asked}

    assert asked["Trivsel og psykisk arbejdsmiljø", "svalen"] == AskedState.NOT_ASKED
    assert asked["Udvalgenes rolle", "nordkaj"] == AskedState.NOTHING_SAID
    assert asked["Teknologiens rolle", "tofteby"] == AskedState.UNPROMPTED
    # Every interview of the demo is marked, every question of it has one in the guide, and each of
    # its cases is asked the whole guide.
    others = {AskedState.UNFED, AskedState.UNMARKED, AskedState.NOT_PLANNED}
    assert set(asked.values()) == set(AskedState) - others
    assert cells["Hæmmere og fremmere", "tofteby"].text == TextState.CHECK
    assert {cell.text for cell in cells.values()} == set(TextState)


def test_cells_are_written_for_most_questions_but_half_empty_in_svalen(demo: Member) -> None:
    written = Counter(Cell.objects.exclude(text="").values_list("case__key", flat=True))

    assert written == {"tofteby": 8, "tilskudskontoret": 8, "nordkaj": 8, "svalen": 3}
    assert all(cell.citations.exists() for cell in Cell.objects.exclude(text=""))
    assert CellCitation.objects.count() == 68


def test_every_written_cell_is_fed_by_what_was_coded(demo: Member) -> None:
    cells = [(row.title, cell) for row in question_grid(demo).rows for cell in row.cells]
    bare = [
        (title, cell.case.key)
        for title, cell in cells
        if cell.text is not TextState.EMPTY and not cell.passages
    ]
    assert bare == []


def test_cells_are_the_coders_and_their_writing_stands_in_the_history(demo: Member) -> None:
    cells = Cell.objects.exclude(text="")
    entries = HistoryEntry.objects.filter(noun="cell", action=Action.WRITTEN)

    assert set(cells.values_list("updated_by__username", "version")) == {("coder", 1)}
    assert set(entries.values_list("subject", "actor__username")) == {
        (cell.pk, "coder") for cell in cells
    }


def test_a_cell_opens_on_its_excerpts_and_the_sections_that_feed_it(demo: Member) -> None:
    question = AnalysisQuestion.objects.get(study=demo.study, key="a5_haemme_fremme")
    view = cell_view(demo, question, Case.objects.get(key="tofteby"))

    assert [bool(source.reasons) for source in view.sources] == [False, False, True, False]
    assert all(source.quote and source.turn for source in view.sources)
    cited = {source.excerpt for source in view.sources if not source.reasons}
    assert cited <= {passage.excerpt for passage in view.evidence}
    assert any(section.html for section in view.sections)


def test_everyone_who_speaks_is_somebody(demo: Member) -> None:
    assert not Speaker.objects.filter(participant=None, is_interviewer=False).exists()
    notes = Document.objects.get(kind=DocumentKind.NOTES)
    assert set(notes.turns.values_list("manner", flat=True)) == {"verbatim", "paraphrase"}


def test_half_coded_interviews_stay_open(demo: Member) -> None:
    still = Document.objects.filter(coded_at=None).select_related("interview")

    assert {each.interview.number for each in still if each.interview} == {3, 12}


def test_names_stand_in_the_name_key_alone(demo: Member) -> None:
    names = {key.real_name for key in NameKey.objects.all()}
    told = json.dumps(
        list(HistoryEntry.objects.values_list("label", "before", "after")), ensure_ascii=False
    )

    assert len(names) == 20
    assert verify_keystore().is_whole
    assert not any(name in told for name in names)
    for participant in Participant.objects.all():
        assert not names & {participant.pseudonym, participant.printed_label}


def test_loading_again_changes_nothing_and_says_so(demo: Member) -> None:
    before = HistoryEntry.objects.count()
    out = StringIO()
    call_command("load_demo_study", stdout=out)

    assert "nothing of it was changed" in out.getvalue()
    assert "password" not in out.getvalue()
    assert HistoryEntry.objects.count() == before


def test_ids_are_the_same_everywhere(demo: Member) -> None:
    coding = Coding.objects.visible_to(demo).get(
        code__key="kerne_officiel",
        document__case__key="tofteby",
        excerpt__placements__quote__startswith="Hjemmeplejen Tofteby leverer",
    )

    assert str(coding.pk) == "9197c162-8379-5628-9c8d-28cd05c8ad8b"


def test_the_users_can_sign_in(demo: Member) -> None:
    for user in User.objects.all():
        assert user.check_password(PASSWORD)
        assert user.is_superuser == (user.username == "admin")
    assert not Member.objects.filter(user__username="admin").exists()
