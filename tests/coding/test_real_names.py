"""What a transcript calls a speaker is often a real name: it stays with the transcript."""

import io
import json
from collections.abc import Callable
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from coding.domain.case_drafts import cite, open_draft, write_section
from coding.domain.cross_case import cite_in_cell, write_cell
from coding.domain.evidence import set_code_rules
from coding.domain.exports import ExportFormat, export_excerpts
from coding.domain.queries.excerpts import ExcerptQuery
from coding.domain.queries.voices import Turns, attribution
from coding.enums import CitationMode
from coding.models import CaseDraft
from interviews.domain.documents import SpeakerMapping, SpokenTurn
from interviews.models import Case, Document
from tests.factories.codings import make_code, make_coding
from tests.factories.field import make_document, make_participant
from tests.factories.studies import Cast
from tests.factories.templates import make_point, make_question, make_section

SignIn = Callable[[Any], Client]
STRANGER, ASKER, MAPPED = "Vibe Ollestrup", "Kaj Spørgelyst", "Gerda Kløverbo"
REAL_NAMES = (STRANGER, ASKER, MAPPED)
SAID = "er tavlen visket ud"


@pytest.fixture
def talk(cast: Cast, case: Case) -> Document:
    return make_document(
        cast.coder,
        case,
        turns=(
            SpokenTurn("Hvad så?", ASKER),
            SpokenTurn(f"Om aftenen {SAID}.", STRANGER),
            SpokenTurn("Det er det nu.", MAPPED),
        ),
        speakers={
            ASKER: SpeakerMapping(is_interviewer=True),
            MAPPED: SpeakerMapping(make_participant(case, "Hjælper 4")),
        },
    )


@pytest.fixture
def draft(cast: Cast, case: Case, talk: Document) -> CaseDraft:
    """Everything that can carry the words: evidence, a section, a cell, a description."""
    section, question = make_section(cast.lead), make_question(cast.lead)
    code = make_code(cast.lead)
    point = make_point(section)
    set_code_rules(member=cast.lead, code=code, points=[point.pk], questions=[question.pk])
    draft = open_draft(member=cast.coder, case=case)
    place: dict[str, Any] = {"member": cast.coder, "question": question, "case": case}
    quotes, references = [], []
    for words in ("Hvad så", SAID, "Det er det"):
        excerpt = make_coding(cast.coder, talk, words, code).excerpt_id
        mode = CitationMode.QUOTE
        quotes.append(cite(member=cast.coder, draft=draft, excerpt_id=excerpt, mode=mode))
        references.append(cite_in_cell(**place, excerpt_id=excerpt))
    write_section(
        member=cast.coder, draft=draft, section=section, text="\n\n".join(quotes), base_version=0
    )
    write_cell(**place, text=" ".join(references), base_version=0)
    return draft


def names_in(text: str) -> list[str]:
    return [name for name in REAL_NAMES if name in text]


def words_of(archive: bytes) -> str:
    with ZipFile(io.BytesIO(archive)) as packed:
        return "".join(packed.read(name).decode(errors="replace") for name in packed.namelist())


def test_a_passage_is_said_by_a_pseudonym_the_interviewer_or_somebody_unnamed(
    talk: Document,
) -> None:
    revision = talk.current_revision
    assert revision is not None
    whole = Turns([revision.pk]).over(revision.pk, 0, revision.length)
    for language, unnamed in (("en", "Unnamed speaker"), ("da", "Unavngiven")):
        with override(language):
            spoken = Turns([revision.pk])
            parts = [
                spoken.over(revision.pk, turn.start, turn.end).voices[0] for turn in whole.turns
            ]
            assert [voice.pseudonym for voice in parts] == ["Interviewer", unnamed, "Hjælper 4"]


def test_two_unnamed_speakers_are_two_people_and_printed_once(cast: Cast, case: Case) -> None:
    talk = make_document(
        cast.coder, case, turns=(SpokenTurn("Ja.", STRANGER), SpokenTurn("Nej.", MAPPED))
    )
    revision = talk.current_revision
    assert revision is not None
    spoken = Turns([revision.pk]).over(revision.pk, 0, revision.length)
    assert len(spoken.voices) == 2
    assert attribution(spoken, talk.kind, talk.title, 3) == "Unavngiven, interview 3"


@pytest.mark.parametrize(
    ("route", "keys"),
    [
        ("draft", {"key": "tofteby"}),
        ("draft_versions", {"key": "tofteby", "section": "goer"}),
        ("cell", {"question": "a1", "key": "tofteby"}),
        ("across", {}),
        ("excerpts", {}),
        ("export", {}),
        ("history", {}),
        ("study_overview", {}),
    ],
)
def test_no_page_about_the_material_names_anyone(
    cast: Cast, draft: CaseDraft, sign_in: SignIn, route: str, keys: dict[str, str]
) -> None:
    for person in (cast.reader, cast.lead):
        client = sign_in(person)
        ask = client.post if route == "history_export" else client.get
        response = ask(reverse(route, kwargs={"slug": "study", **keys}))
        assert response.status_code == 200
        content = response.getvalue().decode()
        assert not names_in(content)
    assert "tofteby" in content.casefold() or "aftenen" in content.casefold()


def test_the_history_taken_out_names_nobody(cast: Cast, draft: CaseDraft, sign_in: SignIn) -> None:
    address = reverse("history_export", kwargs={"slug": "study"})
    words = sign_in(cast.reader).post(address).getvalue().decode()
    assert "Fokusgruppe" in words
    assert not names_in(words)


def test_the_jump_palette_finds_nobody(cast: Cast, draft: CaseDraft, sign_in: SignIn) -> None:
    address = reverse("jump", kwargs={"slug": "study"})
    for name in REAL_NAMES:
        found = sign_in(cast.lead).get(address, {"q": name}).content.decode()
        assert json.loads(found) == []


def test_the_api_names_nobody(
    cast: Cast, draft: CaseDraft, talk: Document, sign_in: SignIn
) -> None:
    for path in (
        f"drafts/{draft.pk}",
        f"drafts/{draft.pk}/sections/goer",
        f"documents/{talk.pk}",
        f"documents/{talk.pk}/codings",
        "studies/study/excerpts",
        "studies/study/documents",
        f"studies/study/changes?document={talk.pk}",
    ):
        response = sign_in(cast.reader).get(f"/api/v1/{path}")
        assert response.status_code == 200, path
        said = json.dumps(response.json(), ensure_ascii=False)
        assert not names_in(said), path
    drafted = sign_in(cast.reader).get(f"/api/v1/drafts/{draft.pk}").json()
    citations = drafted["sections"][0]["citations"]
    assert [each["attribution"].split(",")[0] for each in citations] == [
        "Interviewer",
        "Unavngiven",
        "Hjælper 4",
    ]


def test_the_word_report_names_nobody(cast: Cast, draft: CaseDraft, sign_in: SignIn) -> None:
    address = reverse("draft_file", kwargs={"slug": "study", "key": "tofteby"})
    words = words_of(sign_in(cast.reader).post(address).content)
    assert SAID in words
    assert "Unavngiven" in words
    assert not names_in(words)


@pytest.mark.parametrize("form", list(ExportFormat))
def test_no_export_of_excerpts_names_anyone(
    cast: Cast, draft: CaseDraft, form: ExportFormat
) -> None:
    stream = io.BytesIO()
    done = export_excerpts(member=cast.lead, query=ExcerptQuery(), form=form, stream=stream)
    assert done.rows == 3
    content = stream.getvalue()
    words = words_of(content) if form is ExportFormat.XLSX else content.decode()
    assert SAID in words
    assert "Hjælper 4" in words
    assert not names_in(words)


def test_the_draft_page_says_whom_nobody_has_named_and_where_to_do_it(
    cast: Cast, case: Case, talk: Document, draft: CaseDraft, sign_in: SignIn
) -> None:
    page = reverse("draft", kwargs={"slug": "study", "key": "tofteby"})
    where = reverse("document_edit", kwargs={"slug": "study", "document": talk.pk}) + "#speakers"
    assert where in sign_in(cast.coder).get(page).content.decode()
    read = sign_in(cast.reader).get(page).content.decode()
    assert "1 taler er ikke knyttet til en person endnu" in read
    assert where not in read
    talk.speakers.filter(label=STRANGER).update(participant=make_participant(case, "Hjælper 5"))
    assert (
        "er ikke knyttet til en person endnu" not in sign_in(cast.coder).get(page).content.decode()
    )
