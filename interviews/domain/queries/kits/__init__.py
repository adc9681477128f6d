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

__all__ = [
    "AnswersPage",
    "Asked",
    "Coverage",
    "CoverageTable",
    "Marked",
    "Talk",
    "answers_page",
    "asked_label",
    "coverage",
    "coverage_table",
    "items_by_question",
]
