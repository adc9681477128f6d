"""The interview guide against the interviews: what was asked where, and what was answered."""

from interviews.domain.queries.kits.answers import AnswersPage, answers_page
from interviews.domain.queries.kits.asked import (
    Asked,
    Coverage,
    Marked,
    Talk,
    asked_label,
    coverage,
    items_by_question,
)
from interviews.domain.queries.kits.table import CoverageTable, coverage_table
from interviews.domain.queries.kits.versions import changes_between, is_published, versions_of

__all__ = [
    "AnswersPage",
    "Asked",
    "Coverage",
    "CoverageTable",
    "Marked",
    "Talk",
    "answers_page",
    "asked_label",
    "changes_between",
    "coverage",
    "coverage_table",
    "is_published",
    "items_by_question",
    "versions_of",
]
