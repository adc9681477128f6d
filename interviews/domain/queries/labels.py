"""The words for closed sets of field work, on every page and in every file."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from interviews.enums import (
    AnswerKind,
    AskedState,
    CandidateState,
    Certainty,
    Consent,
    ContactWay,
    CriterionScope,
    DocumentKind,
    InterviewForm,
    Manner,
    ParticipantRole,
    ProjectStatus,
    Reading,
    Sector,
    SelectionState,
    SourceKind,
    SourceType,
)
from workbench.enums import Language

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
    AskedState.NOT_PLANNED: _("not planned"),
    AskedState.NOT_ASKED: _("not asked"),
    AskedState.ASKED: _("asked"),
    AskedState.NOTHING_SAID: _("asked, nothing said"),
    AskedState.UNPROMPTED: _("raised unprompted"),
}
LEVELS = {
    1: _("Level 1: experience"),
    2: _("Level 2: design"),
    3: _("Level 3: known about"),
}
LEVEL_TESTS = {
    1: _("Both the practice and the experience with it are described."),
    2: _("Both the purpose and the design are described, the experience is not."),
    3: _("It is only known that the project exists, and what it is about."),
}
SECTORS = {
    Sector.MUNICIPAL: _("Municipal"),
    Sector.REGIONAL: _("Regional"),
    Sector.STATE: _("Central government"),
    Sector.PRIVATE: _("Private"),
}
PROJECT_STATUSES = {
    ProjectStatus.PLANNED: _("Not begun"),
    ProjectStatus.ONGOING: _("Under way"),
    ProjectStatus.FINISHED: _("Finished"),
    ProjectStatus.UNKNOWN: _("Not known"),
}
EXTRACTIONS = {
    "consultants": _("Consultants and researchers"),
    "actors": _("Arenas and actors"),
    "concepts": _("Central concepts"),
    "tools": _("Tools"),
    "results": _("Process, effect, results"),
}
SOURCE_KINDS = {
    SourceKind.NETWORK: _("Network"),
    SourceKind.COUNCIL: _("Council"),
    SourceKind.FUND: _("Fund"),
    SourceKind.UNION: _("Union"),
    SourceKind.CONSULTANT: _("Consultant"),
    SourceKind.WORKPLACE: _("Workplace"),
    SourceKind.CONFERENCE: _("Conference"),
    SourceKind.LITERATURE: _("Search in literature"),
    SourceKind.INTERNET: _("Search on the internet"),
    SourceKind.OTHER: _("Something else"),
}
SELECTION_STATES = {
    SelectionState.PROPOSED: _("Proposed"),
    SelectionState.DECIDED: _("Decided"),
}
CRITERION_SCOPES = {
    CriterionScope.CASE: _("Each candidate"),
    CriterionScope.SET: _("The chosen ones together"),
}
CANDIDATE_STATES = {
    CandidateState.CONSIDERED: _("Being considered"),
    CandidateState.CHOSEN: _("Chosen"),
    CandidateState.NOT_CHOSEN: _("Not chosen"),
}
READINGS = {
    Reading.MET: _("Met"),
    Reading.PARTLY: _("Partly met"),
    Reading.NOT_MET: _("Not met"),
    Reading.UNKNOWN: _("Not known"),
}
CERTAINTIES = {Certainty.CERTAIN: _("Certain"), Certainty.UNCERTAIN: _("Uncertain")}
CONTACT_WAYS = {
    ContactWay.PHONE: _("By phone"),
    ContactWay.MAIL: _("By e-mail or letter"),
    ContactWay.MEETING: _("At a meeting"),
    ContactWay.VISIT: _("On a visit"),
    ContactWay.OTHER: _("In another way"),
}


def words_of(labels: Mapping[Any, Promise]) -> dict[str, str]:
    """The values of a closed set by themselves and by their words in every language."""
    found = {str(value).casefold(): str(value) for value in labels}
    for language in Language:
        with override(language.value):
            found |= {str(label).casefold(): str(value) for value, label in labels.items()}
    return found
