"""`verify` finds what does not fit together, and says it without a word of anybody's."""

import hashlib
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from coding.domain.case_drafts import cite, open_draft, write_section
from coding.domain.cross_case import cite_in_cell, write_cell
from coding.enums import CitationMode
from coding.models import Cell, CellCitation, Citation, Coding, Excerpt, Placement, SectionText
from interviews.domain.participants import Person, add_participant
from interviews.models import Case, Document, DocumentRevision, Participant, Turn
from tests.factories.codings import make_code, make_coding
from tests.factories.field import make_document
from tests.factories.studies import Cast
from tests.factories.templates import make_question, make_section
from workbench.keystore import names
from workbench.models import Study

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
WORDS = "tavlen visket ud"
NAME = "Else Krogh"
ORIGINAL = b"as it came"
Break = Callable[[], object]


@pytest.fixture(autouse=True)
def whole(cast: Cast, case: Case, document: Document, settings: Any, tmp_path: Path) -> None:
    """A study with a link of every kind, and a second document that nothing links to."""
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "original").write_bytes(ORIGINAL)
    Document.objects.update(
        original="original", original_sha256=hashlib.sha256(ORIGINAL).hexdigest()
    )
    excerpt = make_coding(cast.coder, document, WORDS, make_code(cast.lead)).excerpt_id
    draft, section = open_draft(member=cast.coder, case=case), make_section(cast.lead)
    mark = cite(member=cast.coder, draft=draft, excerpt_id=excerpt, mode=CitationMode.REFERENCE)
    write_section(
        member=cast.coder, draft=draft, section=section, text=f"Den er {mark}.", base_version=0
    )
    question = make_question(cast.lead)
    mark = cite_in_cell(member=cast.coder, question=question, case=case, excerpt_id=excerpt)
    write_cell(
        member=cast.coder, question=question, case=case, text=f"Den er {mark}.", base_version=0
    )
    make_document(cast.coder, case, title="Et andet")
    add_participant(member=cast.coder, case=case, person=Person("Leder"), real_name=NAME)


def verify() -> str:
    output = StringIO()
    try:
        call_command("verify", stdout=output)
    except CommandError as error:
        output.write(str(error))
    return output.getvalue()


def test_what_the_workbench_makes_holds() -> None:
    assert verify() == "Everything holds.\n"


def other_document() -> Document:
    return Document.objects.get(title="Et andet")


def another_excerpt() -> Excerpt:
    """Placed in the other document."""
    other = other_document()
    revision = other.current_revision
    assert revision is not None
    excerpt = Excerpt.objects.create(study_id=other.study_id, document=other)
    Placement.objects.create(
        excerpt=excerpt, revision=revision, start=0, end=1, quote=revision.text[:1]
    )
    return excerpt


def another_placement() -> Placement:
    return another_excerpt().placements.get()


BREACHES: dict[str, Break] = {
    "history has number": lambda: Study.objects.update(change_number=1),
    "the text of revision 1 was changed": lambda: DocumentRevision.objects.update(sha256="0"),
    "a turn ends beyond": lambda: Turn.objects.update(end=10**6),
    "its current text belongs to another": lambda: Document.objects.update(
        current_revision=other_document().current_revision
    ),
    "the original gone is not there": lambda: Document.objects.update(original="gone"),
    "the original original was changed": lambda: Document.objects.filter(
        original="original"
    ).update(original_sha256="0"),
    "is no participant": lambda: names.keep(
        participant=uuid4(), study=Study.objects.get().pk, real_name=NAME
    ),
    "and none is": lambda: names.erase(
        participant=Participant.objects.get().pk, study=Study.objects.get().pk
    ),
    "its quote is not what": lambda: Placement.objects.update(quote="noget andet"),
    "it stands in no text": lambda: Excerpt.objects.create(
        study=Study.objects.get(), document=other_document()
    ),
    "the text of another document": lambda: Excerpt.objects.update(document=other_document()),
    "its excerpt is of another": lambda: Coding.objects.update(document=other_document()),
    "nothing in history tells of it": lambda: Coding.objects.create(
        id=uuid4(),
        change_number=1,
        excerpt=another_excerpt(),
        **{name: getattr(Coding.objects.get(), name) for name in ("study", "code", "coder")},
        document=other_document(),
    ),
    "citation": lambda: Citation.objects.update(placement=another_placement()),
    "it quotes another excerpt": lambda: CellCitation.objects.update(placement=another_placement()),
    "section text": lambda: SectionText.objects.update(text="Se [@99]."),
    "[@98] is no citation": lambda: Cell.objects.update(text="Se [@98]."),
}


@pytest.mark.parametrize("breach", BREACHES)
def test_what_does_not_hold_is_told_and_quoted_nowhere(breach: str) -> None:
    BREACHES[breach]()
    told = verify()
    assert breach in told
    assert told.endswith("found that do not hold.")
    assert not any(words in told for words in (WORDS, NAME, "noget andet"))
