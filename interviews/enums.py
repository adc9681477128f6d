"""Closed sets of field work."""

from enum import StrEnum

# What a mapping says in place of an id: make one, or the person who asks.
NEW = "new"
INTERVIEWER = "interviewer"


class ParticipantRole(StrEnum):
    LEADER = "leader"
    HR = "hr"
    UNION = "union_representative"
    SAFETY = "safety_representative"
    EMPLOYEE = "employee"
    OTHER = "other"


class Consent(StrEnum):
    PENDING = "pending"
    GIVEN = "given"
    DECLINED = "declined"


class InterviewForm(StrEnum):
    INDIVIDUAL = "individual"
    PAIR = "pair"
    GROUP = "group"
    FOCUS_GROUP = "focus_group"
    MEETING = "meeting"
    WALK_ROUND = "walk_round"


class DocumentKind(StrEnum):
    TRANSCRIPT = "transcript"
    NOTES = "interview_notes"
    OBSERVATION = "observation"
    WRITTEN = "written"


class SourceType(StrEnum):
    """What a template section must stand on."""

    WRITTEN = "written"
    INTERVIEW = "interview"
    OBSERVATION = "observation"


# Which source type a document kind counts as.
SOURCE_TYPE = {
    DocumentKind.TRANSCRIPT: SourceType.INTERVIEW,
    DocumentKind.NOTES: SourceType.INTERVIEW,
    DocumentKind.OBSERVATION: SourceType.OBSERVATION,
    DocumentKind.WRITTEN: SourceType.WRITTEN,
}


class Manner(StrEnum):
    VERBATIM = "verbatim"
    PARAPHRASE = "paraphrase"


class AnswerKind(StrEnum):
    ANSWERED = "answered"
    NOTHING_SAID = "nothing_said"
    UNPROMPTED = "unprompted"


class AskedState(StrEnum):
    """How a question fared in a case; the first two say that nobody can tell yet."""

    UNFED = "unfed"  # no question of the guide leads to it
    UNMARKED = "unmarked"  # interviews whose answers nobody has marked may hold it
    NOT_PLANNED = "not_planned"  # the guide of that case leaves it out
    NOT_ASKED = "not_asked"
    ASKED = "asked"
    NOTHING_SAID = "nothing_said"
    UNPROMPTED = "unprompted"


class KitItemKind(StrEnum):
    SECTION = "section"
    QUESTION = "question"


class FocusKind(StrEnum):
    PURPOSE = "purpose"
    OVERALL = "overall"
    SPECIAL = "special"


class RecordingKind(StrEnum):
    AUDIO = "audio"
    VIDEO = "video"


class IntakeState(StrEnum):
    READING = "reading"
    READY = "ready"
    FAILED = "failed"
    ATTACHED = "attached"
    DISCARDED = "discarded"


class Sector(StrEnum):
    MUNICIPAL = "municipal"
    REGIONAL = "regional"
    STATE = "state"
    PRIVATE = "private"


class ProjectStatus(StrEnum):
    PLANNED = "planned"
    ONGOING = "ongoing"
    FINISHED = "finished"
    UNKNOWN = "unknown"


class Precision(StrEnum):
    """How exactly a period is known; the coarsest of its two ends."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"


class TallyAxis(StrEnum):
    COUNCIL = "council"
    SECTOR = "sector"


class SourceKind(StrEnum):
    """What was asked, or searched, to find projects."""

    NETWORK = "network"
    COUNCIL = "council"
    FUND = "fund"
    UNION = "union"
    CONSULTANT = "consultant"
    WORKPLACE = "workplace"
    CONFERENCE = "conference"
    LITERATURE = "literature"
    INTERNET = "internet"
    OTHER = "other"


class SelectionState(StrEnum):
    """A list of criteria that is decided is frozen."""

    PROPOSED = "proposed"
    DECIDED = "decided"


class CriterionScope(StrEnum):
    """What must meet a criterion: each candidate, or the chosen ones together."""

    CASE = "each"
    SET = "together"


class CandidateState(StrEnum):
    CONSIDERED = "considered"
    CHOSEN = "chosen"
    NOT_CHOSEN = "not_chosen"


class Reading(StrEnum):
    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


class Certainty(StrEnum):
    CERTAIN = "certain"
    UNCERTAIN = "uncertain"


class ContactWay(StrEnum):
    PHONE = "by_phone"
    MAIL = "by_mail"
    MEETING = "at_meeting"
    VISIT = "on_visit"
    OTHER = "other_way"
