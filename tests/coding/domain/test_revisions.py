"""A coded text is corrected: nothing coded changes its words, and nothing coded is lost."""

import pytest

from coding.domain.case_drafts import cite, open_draft, write_section
from coding.domain.codings import change_coding, code_passage, remove_coding, restore_coding
from coding.domain.evidence import pin_excerpt
from coding.domain.exports import count_excerpts, excerpt_rows
from coding.domain.memos import memo_on
from coding.domain.quarantine import drop_unplaced, place_unplaced
from coding.domain.queries.changes import changes_since, cursor_now
from coding.domain.queries.citations import citations_of
from coding.domain.queries.codings import coding_detail, placed_codings
from coding.domain.queries.excerpts import ExcerptList, ExcerptQuery, material_in_order
from coding.domain.queries.quarantine import count_unplaced, unplaced_of
from coding.domain.revisions import look_at_correction
from coding.domain.verification import breaches
from coding.enums import CitationMode, Doubt, PlacementState
from coding.models import Coding, EvidenceMark, Excerpt, Memo, Placement
from interviews.domain.verification import breaches as breaches_of_texts
from interviews.models import Case, Document, DocumentRevision
from tests.factories.codings import make_code, make_coding, request_for
from tests.factories.revisions import correct, replacing, text_of
from tests.factories.studies import Cast
from tests.factories.templates import make_point, make_section
from workbench.domain.history import lines
from workbench.errors import Conflict, Gone, Invalid, Missing, WorkbenchError
from workbench.models import HistoryEntry, Member

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
QUOTE = "tavlen visket ud"
NIGHT = "dårlig nat"


def newest(cast: Cast) -> HistoryEntry:
    """What history tells last of a coding; every entry can be said in words."""
    entries = list(cast.study.history.order_by("-number"))
    assert len(lines(entries)) == len(entries)
    return next(entry for entry in entries if entry.noun == "coding")


def standing(member: Member, document: Document) -> list[str]:
    """The words of what stands on the document."""
    text = text_of(document)
    found = placed_codings(member=member, document_id=document.pk)
    return [text[coding.start : coding.end] for coding in found]


def test_what_is_not_touched_goes_along(cast: Cast, document: Document) -> None:
    coding = make_coding(cast.coder, document, QUOTE, make_code(cast.lead))
    corrected = correct(cast.coder, document, "Altså", "Altså så ")
    assert corrected.created
    assert (corrected.placed, corrected.unplaced) == (1, 0)
    assert standing(cast.coder, document) == [QUOTE]
    now = Coding.objects.get(pk=coding.pk)
    assert (now.excerpt_id, now.version) == (coding.excerpt_id, coding.version)
    assert list(breaches()) == list(breaches_of_texts()) == []


def test_a_corrected_word_sends_its_coding_into_quarantine(cast: Cast, document: Document) -> None:
    coding = make_coding(cast.coder, document, QUOTE, make_code(cast.lead))
    cursor = cursor_now(cast.coder)
    correct(cast.lead, document, "tavlen", "tavlerne")
    assert standing(cast.coder, document) == []
    (waiting,) = unplaced_of(cast.coder, document)
    assert (waiting.was.quote, waiting.now.quote) == (QUOTE, "tavlerne visket ud")
    assert [each.id for each in waiting.codings] == [coding.pk]
    assert (waiting.turn, waiting.mine) == (3, True)
    assert count_unplaced(cast.coder) == 1
    changes = changes_since(member=cast.coder, after=cursor, document_id=document.pk)
    assert changes.removed == [coding.pk]
    assert newest(cast).subject == coding.pk
    assert list(breaches()) == []


def test_a_quarantined_coding_shows_nowhere_as_if_it_stood(
    cast: Cast, case: Case, document: Document
) -> None:
    coding = make_coding(cast.coder, document, QUOTE, make_code(cast.lead))
    correct(cast.lead, document, "tavlen", "tavlerne")
    detail = coding_detail(member=cast.coder, coding_id=coding.pk)
    assert (detail.start, detail.end) == (None, None)
    material = material_in_order(cast.coder)
    found = ExcerptList(cast.coder, ExcerptQuery(), material)
    assert [each.quote for each in found.page(0, 9)] == [""]
    assert len(ExcerptList(cast.coder, ExcerptQuery(text="tavlerne"), material)) == 0
    assert list(excerpt_rows(cast.coder, ExcerptQuery())) == []
    assert count_excerpts(cast.coder, ExcerptQuery()) == 0
    # Somebody codes the proposed words: that is another excerpt.
    other = make_coding(cast.coder, document, "tavlerne visket ud", make_code(cast.lead, "Andet"))
    assert other.excerpt_id != coding.excerpt_id


def test_what_is_accepted_at_once_stands_on_the_corrected_words(
    cast: Cast, document: Document
) -> None:
    coding = make_coding(cast.coder, document, QUOTE, make_code(cast.lead))
    correct(cast.coder, document, "tavlen", "tavlerne", accept=[coding.excerpt_id])
    assert standing(cast.coder, document) == ["tavlerne visket ud"]
    assert coding_detail(member=cast.coder, coding_id=coding.pk).excerpt == coding.excerpt_id
    assert count_unplaced(cast.coder) == 0


def test_what_is_dropped_at_once_can_be_brought_back(cast: Cast, document: Document) -> None:
    coding = make_coding(cast.coder, document, QUOTE, make_code(cast.lead))
    correct(cast.coder, document, "tavlen", "tavlerne", drop=[coding.excerpt_id])
    assert Coding.objects.get(pk=coding.pk).removed_at is not None
    assert unplaced_of(cast.coder, document) == []
    restore_coding(member=cast.coder, coding_id=coding.pk)
    assert standing(cast.coder, document) == []
    assert count_unplaced(cast.coder) == 1


def test_nobody_accepts_or_drops_for_another_coder(cast: Cast, document: Document) -> None:
    coding = make_coding(cast.second_coder, document, QUOTE, make_code(cast.lead))
    ids = [coding.excerpt_id]
    correct(cast.coder, document, "tavlen", "tavlerne", accept=ids, drop=ids)
    assert count_unplaced(cast.coder) == 1
    place = Placement.objects.get(excerpt=coding.excerpt_id, state=PlacementState.UNPLACED)
    with pytest.raises(Conflict, match="not_yours"):
        place_at(cast.coder, place)
    with pytest.raises(Conflict, match="not_yours"):
        drop_unplaced(member=cast.coder, excerpt_id=coding.excerpt_id)
    place_at(cast.lead, place)
    assert standing(cast.lead, document) == ["tavlerne visket ud"]


def place_at(member: Member, place: Placement) -> None:
    place_unplaced(
        member=member,
        excerpt_id=place.excerpt_id,
        revision_id=place.revision_id,
        start=place.start,
        end=place.end,
    )


def test_of_a_shared_excerpt_only_ones_own_coding_goes(cast: Cast, document: Document) -> None:
    code = make_code(cast.lead)
    mine = make_coding(cast.coder, document, QUOTE, code)
    theirs = make_coding(cast.second_coder, document, QUOTE, code)
    correct(cast.coder, document, "tavlen", "tavlerne", accept=[mine.excerpt_id])
    assert coding_detail(member=cast.coder, coding_id=mine.pk).start is not None
    assert coding_detail(member=cast.coder, coding_id=theirs.pk).start is None
    (waiting,) = unplaced_of(cast.second_coder, document)
    assert [each.id for each in waiting.codings] == [theirs.pk]
    (dropped,) = drop_unplaced(member=cast.second_coder, excerpt_id=waiting.excerpt)
    assert dropped == theirs.pk


def test_words_are_moved_to_where_the_person_says(cast: Cast, document: Document) -> None:
    coding = make_coding(cast.coder, document, QUOTE, make_code(cast.lead))
    correct(cast.lead, document, " visket ud 🙂", " tom")
    start = text_of(document).index("tavlen tom")
    move = {"excerpt_id": coding.excerpt_id, "revision_id": document.current_revision_id}
    for _again in range(2):
        place_unplaced(member=cast.coder, **move, start=start, end=start + 10)  # type: ignore[arg-type]
    assert standing(cast.coder, document) == ["tavlen tom"]
    with pytest.raises(Conflict, match="placed"):
        place_unplaced(member=cast.coder, **move, start=start, end=start + 6)  # type: ignore[arg-type]
    with pytest.raises(Conflict, match="placed"):
        drop_unplaced(member=cast.coder, excerpt_id=coding.excerpt_id)
    told = newest(cast)
    assert (told.subject, told.after["start"]) == (coding.pk, start)


def test_words_that_are_gone_leave_an_empty_proposal(cast: Cast, document: Document) -> None:
    coding = make_coding(cast.coder, document, "Ja, for jer.", make_code(cast.lead))
    correct(cast.lead, document, "Ja, for jer. ", "")
    (waiting,) = unplaced_of(cast.coder, document)
    assert (waiting.now.quote, waiting.now.start) == ("", waiting.now.end)
    assert waiting.now.suffix.startswith("Når vi kommer")
    with pytest.raises(Invalid, match="outside_text"):
        place_at(cast.coder, Placement.objects.get(excerpt=coding.excerpt_id, state="unplaced"))


def test_taking_a_correction_back_brings_its_codings_back(cast: Cast, document: Document) -> None:
    make_coding(cast.coder, document, QUOTE, make_code(cast.lead))
    correct(cast.lead, document, "tavlen visket", "taflen")
    correct(cast.lead, document, "Ja, for jer", "Ja, for jer to")
    assert count_unplaced(cast.coder) == 1
    correct(cast.lead, document, "Ja, for jer to", "Ja, for jer")
    correct(cast.lead, document, "taflen", "tavlen visket")
    assert standing(cast.coder, document) == [QUOTE]
    assert count_unplaced(cast.coder) == 0


def test_memos_pins_and_citations_hold_on_to_the_excerpt(
    cast: Cast, case: Case, document: Document
) -> None:
    coding = make_coding(cast.coder, document, QUOTE, make_code(cast.lead))
    excerpt = Excerpt.objects.get(pk=coding.excerpt_id)
    section = make_section(cast.lead)
    point = make_point(section)
    memo_on(member=cast.coder, noun="coding", subject=coding.pk, text="Hvem visker?")
    pin_excerpt(member=cast.coder, case=case, point=point, excerpt=excerpt)
    draft = open_draft(member=cast.coder, case=case)
    token = cite(member=cast.coder, draft=draft, excerpt_id=excerpt.pk, mode=CitationMode.QUOTE)
    write_section(
        member=cast.coder, draft=draft, section=section, text=f"Tom {token}.", base_version=0
    )

    def doubts() -> tuple[Doubt, ...]:
        return citations_of([draft], cast.coder)[draft.pk][1].doubts

    correct(cast.lead, document, "er tavlen  ".strip(), "er  tavlen")
    assert doubts() == ()
    correct(cast.lead, document, "tavlen", "tavlerne")
    assert doubts() == (Doubt.UNPLACED,)
    (waiting,) = unplaced_of(cast.coder, document)
    assert waiting.citations == 1
    with pytest.raises(Invalid, match="unplaced"):
        cite(member=cast.coder, draft=draft, excerpt_id=excerpt.pk, mode=CitationMode.QUOTE)
    place_at(cast.coder, Placement.objects.get(excerpt=excerpt, state="unplaced"))
    assert doubts() == (Doubt.WORDS_CHANGED,)
    assert Memo.objects.filter(subject=coding.pk, text="Hvem visker?").exists()
    assert EvidenceMark.objects.filter(excerpt=excerpt, pinned=True).exists()


def test_a_cited_excerpt_that_nobody_codes_waits_too(
    cast: Cast, case: Case, document: Document
) -> None:
    coding = make_coding(cast.coder, document, QUOTE, make_code(cast.lead))
    draft = open_draft(member=cast.coder, case=case)
    cite(member=cast.coder, draft=draft, excerpt_id=coding.excerpt_id, mode=CitationMode.QUOTE)
    remove_coding(member=cast.coder, coding_id=coding.pk)
    correct(cast.lead, document, "tavlen", "tavlerne")
    (waiting,) = unplaced_of(cast.coder, document)
    assert (waiting.codings, waiting.citations, waiting.mine) == ((), 1, True)
    place_at(cast.coder, Placement.objects.get(excerpt=coding.excerpt_id, state="unplaced"))
    assert unplaced_of(cast.coder, document) == []


def test_a_look_says_what_would_be_in_doubt_and_writes_nothing(
    cast: Cast, document: Document
) -> None:
    coding = make_coding(cast.coder, document, QUOTE, make_code(cast.lead))
    make_coding(cast.coder, document, NIGHT, make_code(cast.lead, "Andet"))
    wanted = replacing(document, "tavlen", "tavlerne")
    look = look_at_correction(
        member=cast.coder, document=document, base=wanted.base, edits=list(wanted.edits)
    )
    assert look.placed == 1
    (doubtful,) = look.doubtful
    assert doubtful.excerpt == coding.excerpt_id
    assert (doubtful.was.quote, doubtful.now.quote) == (QUOTE, "tavlerne visket ud")
    assert DocumentRevision.objects.count() == 1
    correct(cast.coder, document, "tavlen", "tavlerne")
    (waiting,) = unplaced_of(cast.coder, document)
    assert (waiting.was, waiting.now) == (doubtful.was, doubtful.now)


def test_who_codes_on_the_older_page_is_told_and_loses_nothing(
    cast: Cast, document: Document
) -> None:
    code = make_code(cast.lead)
    coding = make_coding(cast.coder, document, NIGHT, code)
    request = request_for(document, QUOTE, code)
    older = document.current_revision_id
    assert older is not None
    correct(cast.lead, document, "Altså", "Nå")

    def refused(act: object) -> WorkbenchError:
        with pytest.raises(Conflict) as told:
            act()  # type: ignore[operator]
        return told.value

    for act in (
        lambda: code_passage(member=cast.coder, request=request),
        lambda: change_coding(
            member=cast.coder,
            coding_id=coding.pk,
            version=1,
            span=(older, 0, 4),
            fields=frozenset({"span"}),
        ),
        lambda: place_unplaced(
            member=cast.coder, excerpt_id=coding.excerpt_id, revision_id=older, start=0, end=4
        ),
    ):
        error = refused(act)
        assert error.code == "revision_behind"
        assert error.details["revision"] == str(document.current_revision_id)
    # What needs no place works on, and the same id is free for the right place.
    change_coding(
        member=cast.coder,
        coding_id=coding.pk,
        version=1,
        memo="Stadig her",
        fields=frozenset({"memo"}),
    )
    again = code_passage(
        member=cast.coder, request=request_for(document, QUOTE, code, coding_id=request.id)
    )
    assert again.created
    assert standing(cast.coder, document) == [NIGHT, QUOTE]


def test_removed_material_cannot_be_placed_in(cast: Cast, document: Document) -> None:
    coding = make_coding(cast.coder, document, QUOTE, make_code(cast.lead))
    correct(cast.lead, document, "tavlen", "tavlerne")
    Document.objects.update(removed_at="2026-01-01T00:00:00Z")
    with pytest.raises((Missing, Gone)):
        drop_unplaced(member=cast.coder, excerpt_id=coding.excerpt_id)
    assert count_unplaced(cast.coder) == 0
