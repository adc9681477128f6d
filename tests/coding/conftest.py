"""What feeds the grid across cases."""

import pytest

from coding.domain.evidence import set_code_rules
from coding.models import Coding
from interviews.models import AnalysisQuestion, Document
from tests.factories.codings import make_code, make_coding
from tests.factories.studies import Cast
from tests.factories.templates import make_question


@pytest.fixture
def question(cast: Cast) -> AnalysisQuestion:
    return make_question(cast.lead)


@pytest.fixture
def feeding(cast: Cast, document: Document, question: AnalysisQuestion) -> Coding:
    """A coding whose code feeds the question."""
    code = make_code(cast.lead)
    set_code_rules(member=cast.lead, code=code, points=[], questions=[question.pk])
    return make_coding(cast.coder, document, "er tavlen visket ud", code)
