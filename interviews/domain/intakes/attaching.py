"""A file that was read becomes material, with what the person said it is."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from interviews.domain.answers import Answer
from interviews.domain.cases import add_case
from interviews.domain.documents import (
    NewDocument,
    Original,
    SpeakerMapping,
    SpokenTurn,
    attach_document,
)
from interviews.domain.intakes.correcting import empty, locked_intake
from interviews.domain.intakes.reading import draft_turns
from interviews.domain.intakes.receiving import refuse_upload
from interviews.domain.intakes.storage import bytes_of, ending_of, forget_file, parse_file
from interviews.domain.participants import Person, add_participant
from interviews.domain.visits import InterviewFacts, VisitFacts, add_interview, add_visit
from interviews.enums import (
    INTERVIEWER,
    NEW,
    AnswerKind,
    DocumentKind,
    IntakeState,
    InterviewForm,
    Manner,
    ParticipantRole,
)
from interviews.formats.corrections import DraftTurn, speakers_of, unpack
from interviews.formats.guesses import (
    guess_date,
    guess_form,
    guess_interviewers,
    guess_kind,
    guess_title,
)
from interviews.formats.layout import lay_out
from interviews.models import Case, Document, Intake, Interview, KitItem, Participant, Visit
from workbench.domain.changing import changing
from workbench.errors import Conflict, Invalid
from workbench.files.problems import FileProblem
from workbench.models import Member

NOTE_KINDS = frozenset({DocumentKind.NOTES, DocumentKind.OBSERVATION})


def attach_intake(*, member: Member, intake_id: UUID) -> Document:
    """Makes the document that the intake's mapping describes, with all it asks for.

    Raises Invalid (what the mapping lacks), Conflict (`attached_twice`, `not_ready`), Missing.
    """
    with changing(member):
        intake = locked_intake(member, intake_id)
        if intake.state != IntakeState.READY:
            raise Conflict(_("This file has not been read yet."), code="not_ready")
        mapping = intake.mapping
        turns = unpack(intake.turns)
        new = _described(member, mapping, turns, name=intake.name)
        is_written_here = bool(mapping.get("written"))
        document = attach_document(
            member=member,
            new=new,
            turns=_spoken(turns, new.kind),
            sentences=_sentences(turns, new.language),
            original=None if is_written_here else _original(intake),
        )
        if is_written_here:
            forget_file(intake.file)
        intake.document = document
        empty(intake, IntakeState.ATTACHED)
    return document


@dataclass(frozen=True)
class Import:
    """One stored file and what is said of it, as in an intake; the rest is found out."""

    file: str
    name: str
    sha256: str
    size: int
    mapping: Mapping[str, Any]
    encoding: str = ""


def import_file(
    *, member: Member, what: Import, still_wanted: Callable[[], object] = bool
) -> Document:
    """Reads a stored file and attaches it at once, for commands and jobs.

    Speakers of whom nothing is said are matched with participants of the case by their
    pseudonym. Raises Invalid, TooLarge, Unsupported with the file's name, Conflict
    `attached_twice`, FileLost, and what `still_wanted` raises between reading and attaching;
    the stored file is the caller's to remove then.
    """
    try:
        found = parse_file(bytes_of(what.file), name=what.name, encoding=what.encoding)
    except FileProblem as problem:
        raise refuse_upload(what.name, problem) from problem
    turns = draft_turns(found.turns)
    still_wanted()
    date = guess_date(what.name, found)
    # An empty field says nothing against a guess.
    told = {name: value for name, value in what.mapping.items() if value}
    guessed = {
        "kind": guess_kind(what.name, found),
        "form": guess_form(what.name, found),
        "date": date.isoformat() if date else "",
        "language": member.study.language,
    }
    with changing(member):
        new = _described(member, guessed | told, turns, name=what.name)
        return attach_document(
            member=member,
            new=new,
            turns=_spoken(turns, new.kind),
            sentences=_sentences(turns, new.language),
            original=Original(
                what.file, ending_of(what.name), what.sha256, what.size, found.encoding or ""
            ),
        )


def _described(
    member: Member, mapping: Mapping[str, Any], turns: Sequence[DraftTurn], *, name: str
) -> NewDocument:
    """What the mapping says the material is, with the case, people and interview it asks for."""
    title = mapping.get("title", "").strip() or guess_title(name) or name
    case = _case(member, mapping)
    speakers = _speakers(member, case, mapping, speakers_of(turns))
    interview = _interview(member, case, mapping, title=title, speakers=speakers)
    return NewDocument(
        case=case,
        kind=DocumentKind(mapping["kind"]),
        title=title,
        language=mapping["language"],
        interview=interview,
        date=_date(mapping) or (interview.visit.date if interview else None),
        speakers=speakers,
        answers=_answers(member, turns),
    )


def matched_speakers(case: Case, labels: Mapping[str, int]) -> dict[str, SpeakerMapping]:
    """Labels that are a participant's pseudonym, or the word for who asks."""
    people = {
        person.pseudonym.casefold(): person
        for person in Participant.objects.filter(case=case, removed_at__isnull=True)
    }
    asking = guess_interviewers(labels)
    return {
        label: SpeakerMapping(people.get(label.casefold()), label in asking) for label in labels
    }


def _case(member: Member, mapping: Mapping[str, Any]) -> Case:
    if mapping.get("case") == NEW:
        return _new_case(member, mapping.get("case_name", ""))
    case = Case.objects.filter(
        pk=_uuid(mapping.get("case")), study_id=member.study_id, removed_at__isnull=True
    ).first()
    if case is None:
        raise Invalid(_("Choose the case."), code="case")
    return case


def _new_case(member: Member, name: str) -> Case:
    """The second file of a new case finds what the first made."""
    name = " ".join(name.split())
    made = Case.objects.filter(
        study_id=member.study_id, name__iexact=name, removed_at__isnull=True
    ).first()
    return made or add_case(member=member, name=name)


def _interview(
    member: Member,
    case: Case,
    mapping: Mapping[str, Any],
    *,
    title: str,
    speakers: Mapping[str, SpeakerMapping],
) -> Interview | None:
    chosen = mapping.get("interview", "")
    if chosen == NEW:
        people = [each.participant for each in speakers.values() if each.participant]
        return _new_interview(member, case, mapping, title, list(dict.fromkeys(people)))
    if not chosen:
        return None
    found = (
        Interview.objects.select_related("visit")
        .filter(
            pk=_uuid(chosen), study_id=member.study_id, visit__case=case, removed_at__isnull=True
        )
        .first()
    )
    if found is None:
        raise Invalid(_("The interview belongs to another case."), code="other_case")
    return found


def _new_interview(
    member: Member,
    case: Case,
    mapping: Mapping[str, Any],
    title: str,
    people: Sequence[Participant],
) -> Interview:
    """On the visit of that day, or of no known day, which is made when it is not there."""
    date = _date(mapping)
    day = VisitFacts(date=date, date_text="" if date else _("Day not known yet"))
    same = {"date": date} if date else {"date": None, "date_text": day.date_text}
    visit = Visit.objects.filter(case=case, removed_at__isnull=True, **same).first()
    return add_interview(
        member=member,
        visit=visit or add_visit(member=member, case=case, facts=day),
        facts=InterviewFacts(
            title=title,
            form=InterviewForm(mapping.get("form") or InterviewForm.INDIVIDUAL),
            participants=people,
        ),
    )


def _speakers(
    member: Member, case: Case, mapping: Mapping[str, Any], labels: Mapping[str, int]
) -> dict[str, SpeakerMapping]:
    said = mapping.get("speakers", {})
    matched = matched_speakers(case, labels)
    for label in labels:
        if label in said:
            matched[label] = _speaker(member, case, said[label])
    return matched


def _speaker(member: Member, case: Case, said: Mapping[str, str]) -> SpeakerMapping:
    who = said.get("who", "")
    if who == INTERVIEWER:
        return SpeakerMapping(is_interviewer=True)
    if who == NEW:
        return SpeakerMapping(_new_participant(member, case, said))
    if not who:
        return SpeakerMapping()
    person = Participant.objects.filter(pk=_uuid(who), case=case, removed_at__isnull=True).first()
    if person is None:
        raise Invalid(_("A participant belongs to another case."), code="other_case")
    return SpeakerMapping(person)


def _new_participant(member: Member, case: Case, said: Mapping[str, str]) -> Participant:
    """Two labels of one person, or two files of a batch: the second finds whom the first made."""
    pseudonym = " ".join(said.get("pseudonym", "").split())
    made = Participant.objects.filter(
        case=case, pseudonym=pseudonym, removed_at__isnull=True
    ).first()
    role = ParticipantRole(said.get("role") or ParticipantRole.EMPLOYEE)
    return made or add_participant(member=member, case=case, person=Person(pseudonym, role))


def _answers(member: Member, turns: Sequence[DraftTurn]) -> list[Answer]:
    wanted = {_uuid(item) for turn in turns for item, _kind in turn.answers}
    items = (
        KitItem.objects.select_related("kit")
        .filter(kit__study_id=member.study_id, removed_at__isnull=True)
        .in_bulk(list(wanted))
    )
    return [
        Answer(index, items[UUID(item)], AnswerKind(kind))
        for index, turn in enumerate(turns)
        for item, kind in turn.answers
        # A question taken out of the guide meanwhile is answered no more.
        if _uuid(item) in items
    ]


def _spoken(turns: Sequence[DraftTurn], kind: DocumentKind) -> list[SpokenTurn]:
    return [
        SpokenTurn(turn.text, turn.speaker, turn.start_ms, turn.end_ms, _manner(turn, kind))
        for turn in turns
    ]


def _manner(turn: DraftTurn, kind: DocumentKind) -> Manner | None:
    """In notes what is not marked verbatim must never be printed as a quote."""
    return Manner(turn.manner or Manner.PARAPHRASE) if kind in NOTE_KINDS else None


def _sentences(turns: Sequence[DraftTurn], language: str) -> list[tuple[int, int]]:
    _text, spans = lay_out(turns)
    return [
        (begin + start, begin + end)
        for turn, (begin, _end) in zip(turns, spans, strict=True)
        for start, end in zip(
            turn.sentences.get(language, ())[::2],
            turn.sentences.get(language, ())[1::2],
            strict=True,
        )
    ]


def _original(intake: Intake) -> Original:
    encoding = intake.parsed.get("encoding", "")
    return Original(intake.file, ending_of(intake.name), intake.sha256, intake.size, encoding)


def _date(mapping: Mapping[str, Any]) -> datetime.date | None:
    told = mapping.get("date") or ""
    try:
        return datetime.date.fromisoformat(told) if told else None
    except ValueError:
        raise Invalid(_("The date cannot be read."), code="date") from None


def _uuid(told: Any) -> UUID:
    """The id; one that nothing has when it cannot be read."""
    try:
        return UUID(str(told))
    except ValueError:
        return UUID(int=0)
