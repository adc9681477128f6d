"""The description as a Word file."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from docx import Document as WordDocument

from coding.domain.case_drafts import cite, write_section
from coding.enums import CitationMode
from coding.models import CaseDraft, Coding
from interviews.models import Participant, TemplatePoint
from tests.coding.views.case_drafts.description import address
from tests.factories.studies import Cast
from workbench.keystore import names
from workbench.models import HistoryEntry

SignIn = Callable[[Any], Client]
REAL_NAME = "Vibe Ollestrup"


@pytest.mark.django_db(databases=["default", "keystore"])
def test_the_word_file_has_pseudonyms_and_quotes_but_no_name_and_no_hesitation(
    cast: Cast, draft: CaseDraft, coding: Coding, point: TemplatePoint, sign_in: SignIn
) -> None:
    helper = Participant.objects.get()
    names.keep(participant=helper.pk, study=cast.study.pk, real_name=REAL_NAME)
    token = cite(
        member=cast.coder, draft=draft, excerpt_id=coding.excerpt_id, mode=CitationMode.QUOTE
    )
    write_section(
        member=cast.coder,
        draft=draft,
        section=point.section,
        text=f"Holdet mødes ikke.\n\n{token}",
        base_version=1,
    )
    answer = sign_in(cast.reader).post(address("draft_file"))
    assert 'filename="study-tofteby.docx"' in answer["Content-Disposition"]
    assert HistoryEntry.objects.get(action="exported").actor == cast.reader.user
    word = WordDocument(io.BytesIO(answer.content))
    by_style = {
        paragraph.style.name: paragraph.text for paragraph in word.paragraphs if paragraph.style
    }
    assert "tavlen er visket ud" in by_style["Case Quote"]
    assert by_style["Case Quote Attribution"].startswith("Hjælper 4")
    assert REAL_NAME.encode() not in b"".join(part.blob for part in word.part.package.iter_parts())
    assert re.match(r"Casebeskrivelse · Kladde, \d+\. \w+\.? 20\d\d$", by_style["Subtitle"])
    # Not approved: it says so on every page.
    header = word.sections[0].header.paragraphs
    assert any(paragraph.text in {"Kladde", "Draft"} for paragraph in header)
