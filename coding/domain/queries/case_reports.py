"""A case description as the report that is handed out: the text as written, quotes as printed."""

import datetime as dt

from django.utils import dateformat, timezone
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from coding.domain.queries.citations import CitationView, citations_of
from coding.domain.queries.labels import DRAFT_STATES
from coding.enums import DraftState
from coding.formats.case_docx import CaseReport, Language, Section, Source
from coding.formats.prose import word_sections
from coding.models import CaseDraft, SectionText
from interviews.models import Case, TemplateSection
from workbench.errors import Missing


def case_report(case: Case, language: Language, created: dt.datetime) -> CaseReport:
    """The report in the study's language; a watermark unless it is approved.

    Sections without text are left out. Raises Missing when nobody has begun the description.
    """
    draft = CaseDraft.objects.filter(case=case).first()
    if draft is None:
        raise Missing
    with override(language):
        citations = citations_of([draft])[draft.pk]
        printed = {number: citation.as_printed() for number, citation in citations.items()}
        texts = dict(SectionText.objects.filter(draft=draft).values_list("section_id", "text"))
        sections: list[Section] = []
        template = TemplateSection.objects.filter(
            template__study_id=case.study_id, removed_at__isnull=True
        )
        for section in template:
            if text := texts.get(section.pk, ""):
                title = section.printed_title or section.title
                sections.extend(word_sections(title, text, printed, language))
        return CaseReport(
            title=case.name,
            subtitle=str(_("Case description")),
            state=f"{DRAFT_STATES[DraftState(draft.state)]}, {_day(created)}",
            language=language,
            sections=tuple(sections),
            sources=tuple(_source(citation) for citation in citations.values()),
            watermark=None if draft.state == DraftState.APPROVED else str(_("Draft")),
            created=created,
        )


def _day(moment: dt.datetime) -> str:
    return dateformat.format(timezone.localtime(moment), pgettext("date format", "j M Y"))


def _source(citation: CitationView) -> Source:
    """Who said it, in what, and when: pseudonyms and printed labels only."""
    turn, time_code = citation.spoken.turn_number, citation.spoken.time_code
    place = [citation.attribution]
    if turn is not None:
        place.append(_("turn %(number)s") % {"number": turn})
    if time_code:
        place.append(time_code)
    return Source(key=str(citation.number), text=", ".join(place))
