"""The words for closed sets of field work, on every page and in every file."""

from django.utils.translation import gettext_lazy as _

from interviews.enums import (
    AnswerKind,
    AskedState,
    Consent,
    DocumentKind,
    InterviewForm,
    Manner,
    ParticipantRole,
    SourceType,
)

PARTICIPANT_ROLES = {
    ParticipantRole.LEADER: _("Leader"),
    ParticipantRole.HR: _("HR or work environment"),
    ParticipantRole.UNION: _("Union representative"),
    ParticipantRole.SAFETY: _("Health and safety representative"),
    ParticipantRole.EMPLOYEE: _("Employee"),
    ParticipantRole.OTHER: _("Other role"),
}
DOCUMENT_KINDS = {
    DocumentKind.TRANSCRIPT: _("Transcript"),
    DocumentKind.NOTES: _("Interview notes"),
    DocumentKind.OBSERVATION: _("Field note"),
    DocumentKind.WRITTEN: _("Written material"),
}
SOURCE_TYPES = {
    SourceType.WRITTEN: _("Written material"),
    SourceType.INTERVIEW: _("Interview"),
    SourceType.OBSERVATION: _("Field note"),
}
INTERVIEW_FORMS = {
    InterviewForm.INDIVIDUAL: _("Individual interview"),
    InterviewForm.PAIR: _("Pair interview"),
    InterviewForm.GROUP: _("Group interview"),
    InterviewForm.FOCUS_GROUP: _("Focus group"),
    InterviewForm.MEETING: _("Meeting"),
    InterviewForm.WALK_ROUND: _("Walk-round"),
}
CONSENTS = {
    Consent.PENDING: _("Not asked yet"),
    Consent.GIVEN: _("Given"),
    Consent.DECLINED: _("Declined"),
}
MANNERS = {Manner.VERBATIM: _("Verbatim"), Manner.PARAPHRASE: _("Paraphrase")}
ANSWER_KINDS = {
    AnswerKind.ANSWERED: _("Answers it"),
    AnswerKind.NOTHING_SAID: _("Asked, nothing said"),
    AnswerKind.UNPROMPTED: _("Raised unprompted"),
}
ASKED_STATES = {
    AskedState.UNFED: _("unknown whether asked"),
    AskedState.UNMARKED: _("answers not marked yet"),
    AskedState.NOT_ASKED: _("not asked"),
    AskedState.ASKED: _("asked"),
    AskedState.NOTHING_SAID: _("asked, nothing said"),
    AskedState.UNPROMPTED: _("raised unprompted"),
}
