"""Across cases, as pages read it: the grid, and what stands behind one of its cells."""

from coding.domain.queries.cross_case.cell import CellView, cell_view, sections_feeding
from coding.domain.queries.cross_case.grid import (
    Grid,
    cases_by,
    question_grid,
    question_of,
    questions_of,
    section_grid,
)

__all__ = [
    "CellView",
    "Grid",
    "cases_by",
    "cell_view",
    "question_grid",
    "question_of",
    "questions_of",
    "section_grid",
    "sections_feeding",
]
