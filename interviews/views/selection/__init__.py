"""Choosing: the matrix and its spread, criteria, candidates, contact."""

from interviews.views.selection.candidates import (
    CandidateAgainView,
    CandidateChooseView,
    CandidateEditView,
    CandidateNewView,
    CandidateRemoveView,
    CandidateRestoreView,
    CandidateTurnDownView,
    CandidateView,
    MarkView,
)
from interviews.views.selection.contacts import (
    CaseContactNewView,
    CaseContactsView,
    ContactEditView,
    ContactNewView,
    ContactRemoveView,
    ContactRestoreView,
)
from interviews.views.selection.criteria import (
    CriterionEditView,
    CriterionMoveView,
    CriterionNewView,
    CriterionRemoveView,
    CriterionRestoreView,
    DecideView,
    ProposeView,
    SelectionView,
    TakeInView,
)

__all__ = [
    "CandidateAgainView",
    "CandidateChooseView",
    "CandidateEditView",
    "CandidateNewView",
    "CandidateRemoveView",
    "CandidateRestoreView",
    "CandidateTurnDownView",
    "CandidateView",
    "CaseContactNewView",
    "CaseContactsView",
    "ContactEditView",
    "ContactNewView",
    "ContactRemoveView",
    "ContactRestoreView",
    "CriterionEditView",
    "CriterionMoveView",
    "CriterionNewView",
    "CriterionRemoveView",
    "CriterionRestoreView",
    "DecideView",
    "MarkView",
    "ProposeView",
    "SelectionView",
    "TakeInView",
]
