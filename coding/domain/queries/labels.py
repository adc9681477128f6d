"""The words for closed sets of analysis, on every page and in every file."""

from django.utils.translation import gettext_lazy as _

from coding.enums import Direction, Doubt, DraftState, MemoKind, ReviewStepKind

DIRECTIONS = {
    Direction.FURTHERS: _("Furthers"),
    Direction.HINDERS: _("Hinders"),
    Direction.BOTH: _("Furthers and hinders"),
}
DRAFT_STATES = {
    DraftState.DRAFT: _("Draft"),
    DraftState.SUBMITTED: _("Submitted for review"),
    DraftState.RETURNED: _("Returned"),
    DraftState.APPROVED: _("Approved"),
}
REVIEW_STEPS = {
    ReviewStepKind.SUBMIT: _("Submitted for review"),
    ReviewStepKind.RETURN: _("Returned"),
    ReviewStepKind.APPROVE: _("Approved"),
    ReviewStepKind.REOPEN: _("Reopened"),
}
DOUBTS = {
    Doubt.UNCODED: _("Nobody codes this passage any more."),
    Doubt.WORDS_CHANGED: _("The words in the material were corrected after they were quoted."),
    Doubt.UNPLACED: _("The passage has lost its place in the corrected text."),
    Doubt.REMOVED: _("The material was removed from the study."),
    Doubt.DECLINED: _("The person has not given consent."),
    Doubt.FIGURE_CHANGED: _("The figure was changed after it was cited."),
    Doubt.FIGURE_REMOVED: _("The figure was removed from the case."),
}
MEMO_KINDS = {
    MemoKind.OBSERVATION: _("Observation"),
    MemoKind.METHOD: _("Method"),
    MemoKind.THEORY: _("Theory"),
    MemoKind.REFLEXIVE: _("Reflection"),
}
# What a memo can be on; "" is the study as a whole.
MEMO_NOUNS = {
    "": _("The study"),
    "case": _("Case"),
    "document": _("Material"),
    "code": _("Code"),
    "coding": _("Coding"),
}
