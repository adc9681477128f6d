"""A measurement or a key figure cited in a case description: never without date and caveat."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from coding.domain.case_drafts import cite_figure, open_draft, reprint_quote, write_section
from coding.domain.queries.case_drafts import draft_of_case
from coding.domain.queries.case_reports import case_report
from coding.enums import CitationMode, Doubt
from coding.formats.case_docx import Citation as Raised
from coding.formats.case_docx import Paragraph, Run
from coding.models import CaseDraft, Citation
from interviews.domain.measurements import (
    MeasurementFacts,
    change_measurement,
    remove_measurement,
)
from interviews.models import Case, KeyFigure, Measurement, TemplateSection
from tests.factories.field import make_case
from tests.factories.measurements import make_instrument, make_key_figure, make_measurement
from tests.factories.studies import Cast, make_cast
from tests.factories.templates import make_section
from workbench.errors import Invalid, Missing
from workbench.models import HistoryEntry

MEASUREMENT, KEY_FIGURE = CitationMode.MEASUREMENT, CitationMode.KEY_FIGURE
PRINTED = "11,92 point (november 2011; 42 svar; intern måling)"


@pytest.fixture
def section(cast: Cast) -> TemplateSection:
    return make_section(cast.lead)


@pytest.fixture
def draft(cast: Cast, case: Case) -> CaseDraft:
    return open_draft(member=cast.coder, case=case)


@pytest.fixture
def measurement(cast: Cast, case: Case) -> Measurement:
    return make_measurement(cast.coder, make_instrument(cast.coder, unit="point"), case, n=42)


@pytest.fixture
def key_figure(cast: Cast, case: Case) -> KeyFigure:
    return make_key_figure(cast.coder, case, unit="personer", caveat="skøn")


def write(cast: Cast, draft: CaseDraft, section: TemplateSection, text: str) -> None:
    write_section(member=cast.coder, draft=draft, section=section, text=text, base_version=0)


@pytest.fixture
def token(cast: Cast, draft: CaseDraft, section: TemplateSection, measurement: Measurement) -> str:
    token = cite_figure(member=cast.coder, draft=draft, mode=MEASUREMENT, figure_id=measurement.pk)
    write(cast, draft, section, f"Kapitalen var {token}.")
    return token


def test_it_is_printed_with_its_date_and_its_caveat_on_the_page_and_in_word(
    cast: Cast, case: Case, draft: CaseDraft, token: str
) -> None:
    (shown,) = draft_of_case(cast.reader, case).sections
    assert f"Kapitalen var {PRINTED}<sup" in shown.html
    assert [each.attribution for each in shown.citations] == ["Social kapital"]
    report = case_report(case, "da", draft.created_at)
    assert report.sections[0].blocks[0] == Paragraph(
        (Run("Kapitalen var "), Run(PRINTED), Raised("1"), Run("."))
    )
    assert [source.text for source in report.sources] == ["Social kapital"]


def test_a_key_figure_names_its_source(
    cast: Cast, case: Case, draft: CaseDraft, section: TemplateSection, key_figure: KeyFigure
) -> None:
    token = cite_figure(member=cast.coder, draft=draft, mode=KEY_FIGURE, figure_id=key_figure.pk)
    write(cast, draft, section, token)
    (shown,) = draft_of_case(cast.coder, case).sections
    # Also where it stands alone it is no quote.
    assert shown.html.startswith("<p>160 personer (2013; skøn)<sup")
    assert shown.citations[0].attribution == "Ansatte, årsrapport"


def test_the_same_figure_again_is_the_same_citation(
    cast: Cast, draft: CaseDraft, measurement: Measurement, token: str
) -> None:
    again = cite_figure(member=cast.lead, draft=draft, mode=MEASUREMENT, figure_id=measurement.pk)
    assert again == token
    entry = HistoryEntry.objects.filter(noun="draft", action="changed").get()
    assert entry.after == {"citation": 1, "subject": str(measurement.pk), "mode": "measurement"}


def test_a_changed_figure_is_told_and_printed_anew_on_request(
    cast: Cast,
    case: Case,
    draft: CaseDraft,
    section: TemplateSection,
    measurement: Measurement,
    token: str,
) -> None:
    facts = MeasurementFacts(
        instrument=measurement.instrument, value=Decimal("11.9"), date="2011", no_caveat=True
    )
    change_measurement(member=cast.lead, measurement=measurement, facts=facts)
    (shown,) = draft_of_case(cast.coder, case).sections
    assert shown.citations[0].doubts == (Doubt.FIGURE_CHANGED,)
    assert PRINTED in shown.html
    reprint_quote(
        member=cast.coder, draft=draft, section=section, number=1, printed="", base_version=1
    )
    (shown,) = draft_of_case(cast.coder, case).sections
    assert "Kapitalen var 11,9 point (2011)<sup" in shown.html
    assert not shown.doubtful_citations


def test_a_removed_figure_is_told(
    cast: Cast, case: Case, measurement: Measurement, token: str
) -> None:
    remove_measurement(member=cast.lead, measurement=measurement)
    (shown,) = draft_of_case(cast.coder, case).sections
    assert shown.citations[0].doubts == (Doubt.FIGURE_REMOVED,)


def test_only_figures_of_the_case_can_be_cited(
    cast: Cast, draft: CaseDraft, measurement: Measurement, key_figure: KeyFigure
) -> None:
    other = open_draft(member=cast.coder, case=make_case(cast.lead, "andet"))
    with pytest.raises(Invalid):
        cite_figure(member=cast.coder, draft=other, mode=KEY_FIGURE, figure_id=key_figure.pk)
    stranger = make_cast("other", "other-").lead
    with pytest.raises(Missing):
        cite_figure(member=stranger, draft=draft, mode=MEASUREMENT, figure_id=measurement.pk)
    with pytest.raises(Missing):
        cite_figure(member=cast.coder, draft=draft, mode=MEASUREMENT, figure_id=key_figure.pk)


def test_a_citation_is_of_exactly_one_thing(token: str, key_figure: KeyFigure) -> None:
    for change in ({"key_figure": key_figure}, {"measurement": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Citation.objects.update(**change)
