"""A description of one section, whose point has one coded passage."""

import pytest

from coding.domain.case_drafts import open_draft, write_section
from coding.domain.evidence import set_code_rules
from coding.models import CaseDraft, Coding
from interviews.domain.documents import SpeakerMapping, SpokenTurn
from interviews.models import Case, Document, TemplatePoint
from tests.coding.views.case_drafts.description import SAID
from tests.factories.codings import make_code, make_coding
from tests.factories.field import make_document, make_participant
from tests.factories.studies import Cast
from tests.factories.templates import fresh, make_point, make_section


@pytest.fixture
def point(cast: Cast) -> TemplatePoint:
    return make_point(make_section(cast.lead))


@pytest.fixture
def talk(cast: Cast, case: Case) -> Document:
    helper = make_participant(case, "Hjælper 4")
    return make_document(
        cast.coder,
        case,
        turns=(SpokenTurn(f"Når vi kommer, {SAID}.", "Hjælper 4", 5000),),
        speakers={"Hjælper 4": SpeakerMapping(helper)},
    )


@pytest.fixture
def coding(cast: Cast, talk: Document, point: TemplatePoint) -> Coding:
    code = make_code(cast.lead)
    set_code_rules(member=cast.lead, code=code, points=[point.pk], questions=[])
    return make_coding(cast.coder, talk, SAID, code)


@pytest.fixture
def draft(cast: Cast, case: Case, point: TemplatePoint) -> CaseDraft:
    made = open_draft(member=cast.coder, case=case)
    write_section(
        member=cast.coder, draft=made, section=point.section, text="Først.", base_version=0
    )
    return fresh(made)
