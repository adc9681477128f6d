"""Coding a passage: once, on the right words, in history, and reversible."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from coding.domain.codebook import define_code
from coding.domain.codings import (
    CodingRequest,
    change_coding,
    code_passage,
    code_passages,
    remove_coding,
    restore_coding,
)
from coding.domain.evidence import note_excerpt, pin_excerpt
from coding.models import Coding, EvidenceMark, Placement
from interviews.models import Case, Document
from tests.factories.codings import make_code, make_coding, request_for
from tests.factories.field import make_case, make_document
from tests.factories.studies import Cast, make_cast
from tests.factories.templates import make_point, make_section
from workbench.errors import Conflict, Gone, Invalid, Missing
from workbench.models import HistoryEntry, Member


def test_the_quote_is_the_words_of_the_span_also_after_an_emoji(
    cast: Cast, document: Document
) -> None:
    coding = make_coding(cast.coder, document, "visket ud 🙂.", make_code(cast.lead))
    placement = Placement.objects.get(excerpt=coding.excerpt)
    assert placement.quote == "visket ud 🙂."
    text = placement.revision.text
    assert text[placement.start : placement.end] == placement.quote
    assert text[: placement.start].endswith(placement.prefix)
    assert placement.prefix.endswith("er tavlen ")


def test_the_same_request_twice_is_one_coding(cast: Cast, document: Document) -> None:
    request = request_for(document, "tavlen visket ud", make_code(cast.lead))
    first = code_passage(member=cast.coder, request=request)
    again = code_passage(member=cast.coder, request=request)
    assert (first.created, again.created) == (True, False)
    assert Coding.objects.count() == 1
    assert HistoryEntry.objects.filter(noun="coding").count() == 1


def test_a_replay_after_removal_gets_the_first_answer(cast: Cast, document: Document) -> None:
    request = request_for(document, "tavlen visket ud", make_code(cast.lead))
    code_passage(member=cast.coder, request=request)
    remove_coding(member=cast.coder, coding_id=request.id)
    assert code_passage(member=cast.coder, request=request).coding.removed_at is not None


def test_another_request_under_the_same_id_is_refused(cast: Cast, document: Document) -> None:
    code = make_code(cast.lead)
    request = request_for(document, "tavlen visket ud", code)
    code_passage(member=cast.coder, request=request)
    other = request_for(document, "om aftenen", code, coding_id=request.id)
    with pytest.raises(Conflict) as refused:
        code_passage(member=cast.coder, request=other)
    assert refused.value.code == "different_request"
    remove_coding(member=cast.coder, coding_id=request.id)
    with pytest.raises(Gone):
        code_passage(member=cast.coder, request=other)


def test_the_same_code_on_the_same_words_names_the_coding_that_is_there(
    cast: Cast, document: Document
) -> None:
    code = make_code(cast.lead)
    there = make_coding(cast.coder, document, "tavlen visket ud", code)
    with pytest.raises(Conflict) as refused:
        make_coding(cast.coder, document, "tavlen visket ud", code)
    assert refused.value.code == "duplicate"
    assert refused.value.details["existing"] == str(there.pk)


def test_two_coders_share_one_excerpt(cast: Cast, document: Document) -> None:
    code = make_code(cast.lead)
    one = make_coding(cast.coder, document, "tavlen visket ud", code)
    two = make_coding(cast.second_coder, document, "tavlen visket ud", code)
    assert one.excerpt_id == two.excerpt_id


@pytest.mark.parametrize("span", [(5, 5), (9, 4), (-1, 4), (0, 10**9)])
def test_a_span_outside_the_text_is_refused(
    cast: Cast, document: Document, span: tuple[int, int]
) -> None:
    code = make_code(cast.lead)
    assert document.current_revision_id is not None
    request = CodingRequest(
        uuid4(), document.pk, document.current_revision_id, span[0], span[1], code.pk
    )
    with pytest.raises(Invalid) as refused:
        code_passage(member=cast.coder, request=request)
    assert refused.value.code == "outside_text"
    assert not Coding.objects.exists()
    assert not Placement.objects.exists()


def test_an_outdated_revision_is_told_the_new_one(cast: Cast, document: Document) -> None:
    request = request_for(document, "om aftenen", make_code(cast.lead))
    behind = CodingRequest(
        request.id, request.document, uuid4(), request.start, request.end, request.code
    )
    with pytest.raises(Conflict) as refused:
        code_passage(member=cast.coder, request=behind)
    assert refused.value.details["revision"] == str(document.current_revision_id)


def test_a_foreign_document_or_code_is_not_there(cast: Cast, document: Document) -> None:
    other = make_cast("other", prefix="other-")
    foreign_code = make_code(other.lead, "Andet")
    foreign_document = make_document(other.lead, make_case(other.lead))
    with pytest.raises(Missing):
        make_coding(cast.coder, document, "om aftenen", foreign_code)
    with pytest.raises(Missing):
        make_coding(cast.coder, foreign_document, "om aftenen", make_code(cast.lead))


def test_recoding_needs_the_version_that_was_seen(cast: Cast, document: Document) -> None:
    first, second = make_code(cast.lead, "Hæmmere"), make_code(cast.lead, "Fremmere")
    coding = make_coding(cast.coder, document, "om aftenen", first)
    changed = change_coding(
        member=cast.coder,
        coding_id=coding.pk,
        version=1,
        code=second.pk,
        fields=frozenset({"code"}),
    )
    assert (changed.code, changed.version) == (second, 2)
    with pytest.raises(Conflict) as refused:
        change_coding(
            member=cast.coder,
            coding_id=coding.pk,
            version=1,
            code=first.pk,
            fields=frozenset({"code"}),
        )
    assert refused.value.details["current"]["code"] == str(second.pk)


def test_another_persons_coding_is_changed_only_by_a_lead(cast: Cast, document: Document) -> None:
    coding = make_coding(cast.coder, document, "om aftenen", make_code(cast.lead))
    with pytest.raises(Conflict):
        remove_coding(member=cast.second_coder, coding_id=coding.pk)
    assert remove_coding(member=cast.lead, coding_id=coding.pk).removed_at is not None


def test_restoring_what_was_made_again_is_a_duplicate(cast: Cast, document: Document) -> None:
    code = make_code(cast.lead)
    coding = make_coding(cast.coder, document, "om aftenen", code)
    remove_coding(member=cast.coder, coding_id=coding.pk)
    make_coding(cast.coder, document, "om aftenen", code)
    with pytest.raises(Conflict) as refused:
        restore_coding(member=cast.coder, coding_id=coding.pk)
    assert refused.value.code == "duplicate"


def test_a_batch_is_all_or_nothing(cast: Cast, document: Document) -> None:
    code = make_code(cast.lead)
    good = request_for(document, "om aftenen", code)
    bad = CodingRequest(uuid4(), document.pk, good.revision, 0, 10**6, code.pk)
    with pytest.raises(Invalid):
        code_passages(member=cast.coder, requests=[good, bad])
    assert not Coding.objects.exists()
    assert not HistoryEntry.objects.filter(noun="coding").exists()


def test_saving_a_coding_takes_a_fixed_number_of_queries(
    cast: Cast, document: Document, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    code = make_code(cast.lead)
    # SQLite locks by beginning the transaction.
    queries = 13 if connection.features.has_select_for_update else 12
    for quote in ("om aftenen", "i starten", "en dårlig nat"):
        with django_assert_num_queries(queries):  # type: ignore[operator]
            make_coding(cast.coder, document, quote, code)


def moved(member: Member, coding: Coding, document: Document, quote: str) -> Coding:
    """The coding with its ends moved to `quote`."""
    to = request_for(document, quote, coding.code)
    return change_coding(
        member=member,
        coding_id=coding.pk,
        version=coding.version,
        span=(to.revision, to.start, to.end),
        fields=frozenset({"span"}),
    )


@pytest.fixture
def pinned(cast: Cast, case: Case, document: Document) -> Coding:
    """A coding whose excerpt is pinned, ordered and noted at a point."""
    coding = make_coding(cast.coder, document, "tavlen visket ud", make_code(cast.lead))
    place: dict[str, Any] = {
        "case": case, "point": make_point(make_section(cast.lead)), "excerpt": coding.excerpt,
    }  # fmt: skip
    pin_excerpt(member=cast.coder, **place)
    note_excerpt(member=cast.coder, note="Bedst", **place)
    EvidenceMark.objects.update(order=3)
    return coding


def test_what_people_did_with_a_passage_goes_along_when_its_ends_move(
    cast: Cast, document: Document, pinned: Coding
) -> None:
    old, point = pinned.excerpt_id, EvidenceMark.objects.get().point
    now = moved(cast.coder, pinned, document, "er tavlen visket ud 🙂")
    mark = EvidenceMark.objects.get()
    assert mark.excerpt_id == now.excerpt_id != old
    assert (mark.pinned, mark.order, mark.note) == (True, 3, "Bedst")
    entry = HistoryEntry.objects.filter(noun="coding").order_by("-number")[0]
    assert entry.after["points"] == [str(point.pk)]
    moved(cast.coder, now, document, "tavlen visket ud")
    assert EvidenceMark.objects.get().excerpt_id == old


def test_it_stays_where_somebody_else_codes_the_old_words(
    cast: Cast, document: Document, pinned: Coding
) -> None:
    make_coding(cast.second_coder, document, "tavlen visket ud", pinned.code)
    moved(cast.coder, pinned, document, "om aftenen")
    assert EvidenceMark.objects.get().excerpt_id == pinned.excerpt_id


def test_it_joins_what_people_did_where_the_ends_now_are(
    cast: Cast, case: Case, document: Document, pinned: Coding
) -> None:
    there = make_coding(cast.second_coder, document, "om aftenen", pinned.code)
    point = EvidenceMark.objects.get().point
    note_excerpt(member=cast.coder, case=case, point=point, excerpt=there.excerpt, note="Også god")
    moved(cast.coder, pinned, document, "om aftenen")
    mark = EvidenceMark.objects.get()
    assert (mark.excerpt_id, mark.pinned, mark.order) == (there.excerpt_id, True, 3)
    assert mark.note == "Også god\n\nBedst"


def test_recoding_carries_the_codebook_of_its_day(cast: Cast, document: Document) -> None:
    first, second = make_code(cast.lead, "Hæmmere"), make_code(cast.lead, "Fremmere")
    coding = make_coding(cast.coder, document, "tavlen visket ud", first)
    made_with = coding.codebook_version
    define_code(member=cast.lead, code=second, brief="Det der hjælper")

    def change(version: int, **fields: Any) -> Coding:
        return change_coding(
            member=cast.coder, coding_id=coding.pk, version=version, fields=frozenset(fields),
            **fields,
        )  # fmt: skip

    assert change(1, direction="both").codebook_version == made_with
    assert change(2, code=second.pk).codebook_version == made_with + 1
