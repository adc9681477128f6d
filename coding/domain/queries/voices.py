"""Who says a passage, when and in what: the link from an excerpt to turn, person and document."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _

from interviews.domain.queries.labels import DOCUMENT_KINDS, PARTICIPANT_ROLES
from interviews.enums import Consent, DocumentKind, Manner, ParticipantRole
from interviews.formats.clock import time_code
from interviews.models import Case, Speaker, Turn

_COLUMNS: Final = (
    "revision_id",
    "start",
    "end",
    "pk",
    "number",
    "start_ms",
    "manner",
    "speaker_id",
    "speaker__is_interviewer",
    "speaker__participant_id",
    "speaker__participant__pseudonym",
    "speaker__participant__printed_label",
    "speaker__participant__role",
    "speaker__participant__consent",
)


@dataclass(frozen=True, slots=True)
class Voice:
    """A person as the reader may know them; `label` is the printed one, else empty.

    `unnamed` tells speakers apart who stand for no participant yet.
    """

    pseudonym: str
    printed_label: str = ""
    role: str = ""
    is_interviewer: bool = False
    declined: bool = False
    unnamed: UUID | None = None

    @property
    def is_participant(self) -> bool:
        return bool(self.role)

    @property
    def label(self) -> str:
        """What the person is: the printed label, else the role."""
        if self.printed_label or not self.role:
            return self.printed_label
        return str(PARTICIPANT_ROLES[ParticipantRole(self.role)])

    @property
    def addition(self) -> str:
        """Of the label what the pseudonym does not say already: `aften` for `Hjælper 4`."""
        known = self.pseudonym.casefold()
        parts = (part.strip() for part in self.label.split(","))
        return ", ".join(part for part in parts if part and part.casefold() not in known)

    def __str__(self) -> str:
        return f"{self.pseudonym}, {self.addition}" if self.addition else self.pseudonym


@dataclass(frozen=True, slots=True)
class SpokenTurn:
    """A turn [start, end) with its voice; None where nobody is named."""

    id: UUID
    number: int
    start: int
    end: int
    start_ms: int | None
    manner: str
    voice: Voice | None


@dataclass(frozen=True, slots=True)
class Spoken:
    """The turns that a passage touches."""

    turns: tuple[SpokenTurn, ...] = ()

    @property
    def voices(self) -> tuple[Voice, ...]:
        """Each person once; the interviewer only when nobody else speaks."""
        everyone = dict.fromkeys(turn.voice for turn in self.turns if turn.voice)
        others = tuple(voice for voice in everyone if not voice.is_interviewer)
        return others or tuple(everyone)

    @property
    def is_paraphrase(self) -> bool:
        return any(turn.manner == Manner.PARAPHRASE for turn in self.turns)

    @property
    def turn_number(self) -> int | None:
        return self.turns[0].number if self.turns else None

    @property
    def time_code(self) -> str:
        """Where the first turn begins."""
        return time_code(self.turns[0].start_ms if self.turns else None)


class _Speaker(NamedTuple):
    """The speaker's columns of a turn; all None where nobody is named."""

    speaker: UUID | None
    is_interviewer: bool | None
    participant: UUID | None
    pseudonym: str | None
    printed_label: str | None
    role: str | None
    consent: str | None

    def voice(self) -> Voice | None:
        """Whom reports, exports and lists may name.

        What the transcript calls a speaker is often a real name: only a participant's
        pseudonym leaves the page of the transcript itself.
        """
        if self.participant is not None:
            return Voice(
                self.pseudonym or "",
                self.printed_label or "",
                self.role or "",
                declined=self.consent == Consent.DECLINED,
            )
        if self.speaker is None:
            return None
        if self.is_interviewer:
            return Voice(_("Interviewer"), is_interviewer=True)
        return Voice(_("Unnamed speaker"), unnamed=self.speaker)


class Turns:
    """The turns of some revisions, in order of place. One query, however many there are."""

    def __init__(self, revisions: Iterable[UUID]) -> None:
        self._turns: dict[UUID, list[SpokenTurn]] = defaultdict(list)
        voices: dict[_Speaker, Voice | None] = {}
        rows = Turn.objects.filter(revision_id__in=set(revisions)).order_by("revision_id", "start")
        for revision, start, end, pk, number, start_ms, manner, *who in rows.values_list(*_COLUMNS):
            speaker = _Speaker(*who)
            if speaker not in voices:
                voices[speaker] = speaker.voice()
            self._turns[revision].append(
                SpokenTurn(pk, number, start, end, start_ms, manner, voices[speaker])
            )
        self._starts = {
            revision: [turn.start for turn in turns] for revision, turns in self._turns.items()
        }

    def of(self, revision: UUID) -> Sequence[SpokenTurn]:
        return self._turns.get(revision, ())

    def over(self, revision: UUID, start: int, end: int) -> Spoken:
        """The turns that share at least one code point with [start, end)."""
        turns = self._turns.get(revision, [])
        at = max(bisect_right(self._starts.get(revision, []), start) - 1, 0)
        touched = []
        while at < len(turns) and turns[at].start < end:
            if turns[at].end > start:
                touched.append(turns[at])
            at += 1
        return Spoken(tuple(touched))


@dataclass(frozen=True, slots=True)
class WithUnnamed:
    """A document with speakers who stand for no participant yet."""

    id: UUID
    title: str
    speakers: int


def unnamed_in_case(case: Case) -> list[WithUnnamed]:
    """The case's material in which somebody would be printed as unnamed. One query."""
    rows = (
        Speaker.objects.filter(
            document__case=case,
            document__removed_at__isnull=True,
            participant__isnull=True,
            is_interviewer=False,
        )
        .values_list("document_id", "document__title")
        .annotate(speakers=Count("pk"))
        .order_by("document__title")
    )
    return [WithUnnamed(*row) for row in rows]


def attribution(spoken: Spoken, kind: str, title: str, interview: int | None) -> str:
    """Who says it and where, as printed under a quote: `Hjælper 2, employee, interview 3`."""
    voices = " + ".join(dict.fromkeys(str(voice) for voice in spoken.voices))
    if interview is not None:
        where = _("interview %(number)s") % {"number": interview}
    elif kind == DocumentKind.WRITTEN:
        where = title
    else:
        where = f"{DOCUMENT_KINDS[DocumentKind(kind)]}: {title}"
    return f"{voices}, {where}" if voices else where
