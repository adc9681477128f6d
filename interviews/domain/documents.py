"""Verbs of material: attach it, write it in place, say anew what it is."""

import datetime
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from interviews.domain.answers import Answer, store_answers
from interviews.domain.visits import INTERVIEW
from interviews.enums import INTERVIEWER, DocumentKind, Manner
from interviews.formats.layout import lay_out
from interviews.models import (
    Case,
    Document,
    DocumentRevision,
    Interview,
    Participant,
    Speaker,
    Turn,
)
from workbench.domain.changing import changing
from workbench.domain.rows import (
    fresh,
    hide,
    record_act,
    record_change,
    refuse_outdated,
    show,
    standing,
)
from workbench.errors import Conflict, Invalid, Missing
from workbench.history.actions import Action
from workbench.models import Member

NOUN = "document"
SPEAKER_LABEL_LENGTH = 100
# It often begins as a file's name, and history forgets nothing.
TITLE = frozenset({"title"})


@dataclass(frozen=True)
class SpokenTurn:
    """One turn on its way in; `text` is normalised already, `speaker` a label or None."""

    text: str
    speaker: str | None = None
    start_ms: int | None = None
    end_ms: int | None = None
    manner: Manner | None = None


@dataclass(frozen=True)
class SpeakerMapping:
    """Whom a label stands for."""

    participant: Participant | None = None
    is_interviewer: bool = False


@dataclass(frozen=True)
class Original:
    """The file as it came; `path` is under MEDIA_ROOT, `sha256` in hex, `size` in bytes.

    `ending` is that of its name: the rest of a file's name is often a person's and is not kept.
    """

    path: str
    ending: str
    sha256: str
    size: int
    encoding: str = ""


@dataclass(frozen=True)
class NewDocument:
    """What the person says the material is."""

    case: Case
    kind: DocumentKind
    title: str
    language: str
    interview: Interview | None = None
    date: datetime.date | None = None
    speakers: dict[str, SpeakerMapping] = field(default_factory=dict)
    answers: Sequence[Answer] = ()


def attach_document(
    *,
    member: Member,
    new: NewDocument,
    turns: Sequence[SpokenTurn],
    sentences: Sequence[tuple[int, int]],
    original: Original | None = None,
) -> Document:
    """Stores material with its first revision: text, turns, speakers and sentences.

    `sentences` are [start, end) in code points of the text that `lay_out(turns)` gives.
    Raises Invalid when there is no text, Missing for a case or interview that is foreign or
    hidden, and Conflict when the same file is attached to the study already.
    """
    if not any(turn.text.strip() for turn in turns):
        raise Invalid(_("There is no text in it."), code="empty")
    if new.interview is not None and new.interview.visit.case_id != new.case.pk:
        raise Invalid(_("The interview belongs to another case."), code="other_case")
    for mapping in new.speakers.values():
        _refuse_stranger(mapping, new.case.pk)
    text, spans = lay_out(turns)
    with changing(member):
        standing(member, new.case)
        if new.interview is not None:
            standing(member, new.interview)
        if original is not None and (same := live_twin(member.study_id, original.sha256)):
            raise _attached_twice(same)
        document = Document.objects.create(
            study_id=member.study_id,
            case=new.case,
            interview=new.interview,
            kind=new.kind,
            title=new.title,
            date=new.date,
            language=new.language,
            original=original.path if original else "",
            original_ending=original.ending if original else "",
            original_sha256=original.sha256 if original else "",
            original_size=original.size if original else 0,
            encoding=original.encoding if original else "",
        )
        revision = DocumentRevision.objects.create(
            document=document,
            number=1,
            text=text,
            length=len(text),
            words=len(text.split()),
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            sentences=[offset for span in sentences for offset in span],
        )
        stored = _store_turns(document, revision, turns, spans, new.speakers)
        store_answers(member, document, stored, new.answers)
        document.current_revision = revision
        document.save(update_fields=["current_revision"])
        record_act(
            member,
            Action.ATTACHED,
            NOUN,
            document,
            after={
                "case": new.case.name,
                "kind": new.kind,
                "revision": str(revision.pk),
                "sha256": document.original_sha256,
            },
        )
    return document


def _store_turns(
    document: Document,
    revision: DocumentRevision,
    turns: Sequence[SpokenTurn],
    spans: Sequence[tuple[int, int]],
    mappings: dict[str, SpeakerMapping],
) -> list[Turn]:
    speakers: dict[str, Speaker] = {}
    for turn in turns:
        label = (turn.speaker or "")[:SPEAKER_LABEL_LENGTH]
        if label and label not in speakers:
            mapping = mappings.get(label, SpeakerMapping())
            speakers[label] = Speaker(
                document=document,
                label=label,
                participant=mapping.participant,
                is_interviewer=mapping.is_interviewer,
                order=len(speakers),
            )
    Speaker.objects.bulk_create(speakers.values())
    return Turn.objects.bulk_create(
        [
            Turn(
                document=document,
                revision=revision,
                number=number,
                start=start,
                end=end,
                speaker=speakers.get((turn.speaker or "")[:SPEAKER_LABEL_LENGTH]),
                start_ms=turn.start_ms,
                end_ms=turn.end_ms,
                manner=turn.manner or "",
            )
            for number, (turn, (start, end)) in enumerate(zip(turns, spans, strict=True), 1)
        ],
        batch_size=500,
    )


def document_of(*, member: Member, document_id: UUID) -> Document:
    """A live document of the member's study, with what its page shows around it."""
    try:
        return Document.objects.select_related(
            "case", "interview__visit", "current_revision", "study"
        ).get(pk=document_id, study_id=member.study_id, removed_at__isnull=True)
    except Document.DoesNotExist:
        raise Missing from None


def state_of(document: Document) -> dict[str, Any]:
    """What `change_document` changes: short fields, and by id whom the speakers stand for."""
    speakers = document.speakers.values_list("pk", "participant_id", "is_interviewer")
    return {
        "title": document.title,
        "kind": str(document.kind),
        "date": document.date,
        "interview": str(document.interview_id or ""),
        "language": document.language,
        "speakers": {
            str(pk): INTERVIEWER if is_interviewer else str(participant or "")
            for pk, participant, is_interviewer in speakers.order_by("order")
        },
    }


def change_document(
    *,
    member: Member,
    document: Document,
    title: str,
    kind: DocumentKind,
    date: datetime.date | None,
    interview: Interview | None,
    language: str,
    then: Callable[[Document], object],
    speakers: Mapping[UUID, SpeakerMapping] | None = None,
    seen: str | None = None,
) -> Document:
    """Says anew what the material is, and by the speakers' ids whom their labels stand for.

    An interview that has its title from the material is renamed with it. In another language
    sentences end elsewhere: `then` is called, inside the transaction, to have them split anew.
    Raises Conflict `version_behind`, Invalid, Missing.
    """
    if interview is not None and interview.visit.case_id != document.case_id:
        raise Invalid(_("The interview belongs to another case."), code="other_case")
    if not title.strip():
        raise Invalid(_("Give the material a title."), code="title")
    with changing(member):
        found = fresh(member, document, "case")
        before = state_of(found)
        refuse_outdated(before, seen)
        found.title, found.kind, found.date = " ".join(title.split()), kind, date
        found.interview, found.language = interview, language
        found.save(update_fields=["title", "kind", "date", "interview", "language"])
        after = state_of(found)
        record_change(member=member, row=found, noun=NOUN, before=before, after=after, quiet=TITLE)
        if before["interview"] and before["title"] != found.title:
            _rename_interview(member, before["interview"], before["title"], found.title)
        if before["language"] != language:
            then(found)
        rows = found.speakers.in_bulk(list(speakers or ()))
        for pk, mapping in (speakers or {}).items():
            if pk not in rows:
                raise Missing
            _map_speaker(member, found, rows[pk], mapping)
    return found


def _rename_interview(member: Member, interview_id: str, old: str, new: str) -> None:
    """A name in a file's title must not live on in the interview that was made from the file."""
    talk = Interview.objects.filter(pk=interview_id, title=old).first()
    if talk is None:
        return
    talk.title = new
    talk.save(update_fields=["title"])
    record_change(
        member=member,
        row=talk,
        noun=INTERVIEW,
        before={"title": old},
        after={"title": new},
        quiet=TITLE,
    )


def _map_speaker(
    member: Member, document: Document, speaker: Speaker, mapping: SpeakerMapping
) -> None:
    _refuse_stranger(mapping, document.case_id)
    before = {
        "speaker": str(speaker.pk),
        "participant": str(speaker.participant_id or ""),
        "is_interviewer": speaker.is_interviewer,
    }
    speaker.participant = mapping.participant
    speaker.is_interviewer = mapping.is_interviewer
    after = before | {
        "participant": str(speaker.participant_id or ""),
        "is_interviewer": speaker.is_interviewer,
    }
    if before != after:
        speaker.save(update_fields=["participant", "is_interviewer"])
        record_change(member=member, row=document, noun=NOUN, before=before, after=after)


def _refuse_stranger(mapping: SpeakerMapping, case_id: UUID) -> None:
    if mapping.participant is not None and mapping.participant.case_id != case_id:
        raise Invalid(_("A participant belongs to another case."), code="other_case")


def mark_coded(*, member: Member, document: Document, coded: bool) -> Document:
    """Says that the material is coded to its end, or that it is not after all."""
    with changing(member):
        found = fresh(member, document, "case")
        before = found.coded_at is not None
        if before == coded:
            return found
        found.coded_at = timezone.now() if coded else None
        found.save(update_fields=["coded_at"])
        record_change(
            member=member,
            row=found,
            noun=NOUN,
            before={"coded": before},
            after={"coded": coded},
        )
    return found


def remove_document(*, member: Member, document: Document) -> None:
    """Hides the material; nothing is deleted. `restore_document` brings it back."""
    with changing(member):
        hide(member=member, row=fresh(member, document, "case"), noun=NOUN)


def restore_document(*, member: Member, document: Document) -> None:
    """Brings hidden material back. Raises Conflict `attached_twice`, `case_removed`."""
    with changing(member):
        found = fresh(member, document, "case")
        if found.case.removed_at is not None:
            raise Conflict(_("Its case is removed. Restore the case."), code="case_removed")
        if found.removed_at is not None and (
            same := live_twin(member.study_id, found.original_sha256)
        ):
            raise _attached_twice(same)
        show(member=member, row=found, noun=NOUN)


def live_twin(study_id: UUID, sha256: str) -> Document | None:
    """The study's material that came from a file with this digest, if any."""
    if not sha256:
        return None
    return Document.objects.filter(
        study_id=study_id, original_sha256=sha256, removed_at__isnull=True
    ).first()


def _attached_twice(same: Document) -> Conflict:
    return Conflict(
        _("This file is attached already, as “%(title)s”.") % {"title": same.title},
        code="attached_twice",
        document=str(same.pk),
    )
