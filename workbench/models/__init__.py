"""Rows of the ground: people, studies, history, jobs, tokens."""

from workbench.models.history import HistoryEntry
from workbench.models.invitation import Invitation
from workbench.models.job import Job
from workbench.models.noun import Noun, one_of
from workbench.models.study import Member, Study
from workbench.models.token import Token
from workbench.models.user import User

__all__ = [
    "HistoryEntry",
    "Invitation",
    "Job",
    "Member",
    "Noun",
    "Study",
    "Token",
    "User",
    "one_of",
]
