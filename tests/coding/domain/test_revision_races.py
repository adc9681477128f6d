"""Two people at once, of whom one corrects the text: on both databases."""

from functools import partial
from uuid import uuid4

import pytest

from coding.domain.codings import code_passage
from coding.domain.quarantine import place_unplaced
from coding.domain.queries.codings import placed_codings
from coding.domain.revisions import correct_text
from coding.models import Coding
from interviews.domain.anchors import Edit
from interviews.domain.revisions import Correction
from tests.factories.codings import make_code, make_coding, request_for
from tests.factories.races import Act, Field, Race, RaceAt, refusal
from workbench.models import Member

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keystore"])
QUOTE = "tavlen visket ud"


def correcting_one_text_twice(at: Field) -> Race:
    code = make_code(at.lead)
    make_coding(at.coder, at.document, QUOTE, code)
    return Race(
        first=_correct(at, at.coder, "tavlen", "tavlerne"),
        second=_correct(at, at.lead, "Altså", "Nå"),
        stands=lambda: at.document.revisions.count() == 2,
        refused="revision_behind",
    )


def sending_one_correction_twice(at: Field) -> Race:
    act = _correct(at, at.coder, "tavlen", "tavlerne")
    return Race(act, act, lambda: at.document.revisions.count() == 2)


def coding_what_is_being_corrected(at: Field) -> Race:
    request = request_for(at.document, QUOTE, make_code(at.lead))
    return Race(
        first=_correct(at, at.lead, "Altså", "Nå"),
        second=lambda: code_passage(member=at.coder, request=request),
        stands=lambda: not Coding.objects.exists(),
        refused="revision_behind",
    )


def correcting_what_is_being_coded(at: Field) -> Race:
    request = request_for(at.document, QUOTE, make_code(at.lead))
    return Race(
        first=lambda: code_passage(member=at.coder, request=request),
        second=_correct(at, at.lead, "Altså", "Nå"),
        stands=lambda: len(placed_codings(member=at.coder, document_id=at.document.pk)) == 1,
    )


def placing_words_in_two_places(at: Field) -> Race:
    coding = make_coding(at.coder, at.document, QUOTE, make_code(at.lead))
    _correct(at, at.lead, "tavlen", "tavlerne")()
    revision = at.document.revisions.latest("number")
    place = partial(
        place_unplaced,
        excerpt_id=coding.excerpt_id,
        revision_id=revision.pk,
        start=4,
    )
    return Race(
        first=lambda: place(member=at.coder, end=9),
        second=lambda: place(member=at.lead, end=12),
        stands=lambda: (
            [coding.end for coding in placed_codings(member=at.coder, document_id=at.document.pk)]
            == [9]
        ),
        refused="placed",
    )


def _correct(at: Field, member: Member, old: str, new: str) -> Act:
    revision = at.document.current_revision
    assert revision is not None
    start = revision.text.index(old)
    edits = (Edit(start, start + len(old), new),)
    return partial(
        correct_text,
        member=member,
        document=at.document,
        correction=Correction(uuid4(), revision.pk, edits),
        then=lambda _document: None,
    )


@pytest.mark.parametrize(
    "of",
    [
        correcting_one_text_twice,
        sending_one_correction_twice,
        coding_what_is_being_corrected,
        correcting_what_is_being_coded,
        placing_words_in_two_places,
    ],
    ids=lambda of: of.__name__,
)
def test_two_at_once_end_as_one_after_the_other(of: RaceAt, field: Field) -> None:
    race = of(field)
    assert refusal(race) == race.refused
    assert race.stands()
