"""How a case description is printed: its language, its pages, and the pages that it may take."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, cast
from uuid import UUID

from coding.domain.queries.citations import CitationsByNumber
from coding.formats.case_docx import Language
from coding.formats.laid_out import laid_out_pages
from coding.formats.prose import printed_length, word_sections
from interviews.models import TemplateSection
from workbench.enums import PageUnit
from workbench.models import Study

# A standard page, spaces included.
PAGE_KEYSTROKES: Final = 2_400


def language_of(study: Study) -> Language:
    return cast(Language, study.language)


def share_budget(
    sections: Sequence[TemplateSection], total: Decimal | None
) -> dict[UUID, tuple[Decimal | None, bool]]:
    """section -> its pages, and whether they are its share of what the total leaves."""
    open_ones = [section for section in sections if section.page_budget is None]
    given = sum((section.page_budget or Decimal(0) for section in sections), Decimal(0))
    left = total - given if total is not None else Decimal(0)
    share = left / len(open_ones) if open_ones and left > 0 else None
    return {
        section.pk: (share, share is not None)
        if section.page_budget is None
        else (section.page_budget, False)
        for section in sections
    }


def pages_of(
    section: TemplateSection, text: str, citations: CitationsByNumber, study: Study
) -> Decimal:
    """How many pages of the study's unit the section takes when it is printed."""
    if not text.strip():
        return Decimal(0)
    language = language_of(study)
    printed = {number: citation.as_printed() for number, citation in citations.items()}
    if study.page_unit == PageUnit.LAID_OUT:
        title = section.printed_title or section.title
        return laid_out_pages(word_sections(title, text, printed, language))
    return Decimal(printed_length(text, printed, language)) / PAGE_KEYSTROKES
