"""Rows of analysis."""

from coding.models.case_drafts import CaseDraft, Citation, SectionText, SectionVersion
from coding.models.codebook import Code, CodebookVersion
from coding.models.codings import Coding
from coding.models.cross_case import Cell, CellCitation, CellVersion
from coding.models.evidence import EvidenceMark, EvidenceRule, QuestionRule
from coding.models.excerpts import Excerpt, Placement
from coding.models.memos import Memo
from coding.models.reviews import Comment, ReviewStep

__all__ = [
    "CaseDraft",
    "Cell",
    "CellCitation",
    "CellVersion",
    "Citation",
    "Code",
    "CodebookVersion",
    "Coding",
    "Comment",
    "EvidenceMark",
    "EvidenceRule",
    "Excerpt",
    "Memo",
    "Placement",
    "QuestionRule",
    "ReviewStep",
    "SectionText",
    "SectionVersion",
]
