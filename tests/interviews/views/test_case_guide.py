"""The guide of a case, to bring along."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document as WordDocument

from interviews.domain.kits import adapt_item, add_items, publish_kit
from interviews.domain.queries.adaptations import asked_at
from interviews.formats.outlines import read_outline
from interviews.models import Case, KitItem
from tests.factories.studies import Cast
from workbench.models import Member, User

SignIn = Callable[[User | Member], Client]


@pytest.fixture
def guide(cast: Cast, case: Case) -> list[KitItem]:
    """Two sections; at the case one question is off, one in other words with one more."""
    items = add_items(
        member=cast.lead, lines=read_outline("Om jer\n\tHvem er I?\n\tHvor?\nOpgaven\n\tHvad?"),
        title="Guide til besøg",
    )  # fmt: skip
    said = {"member": cast.coder, "case": case, "seen": None}
    adapt_item(**said, item_id=items[1].pk, text="Hvem står på tavlen?", added=["Om natten?"])  # type: ignore[arg-type]
    adapt_item(**said, item_id=items[3].pk, off=True)  # type: ignore[arg-type]
    return items


def test_what_is_brought_along_is_in_the_words_of_the_case(
    case: Case, guide: list[KitItem]
) -> None:
    assert [(line.number, line.text, line.depth) for line in asked_at(case)] == [
        ("1", "Om jer", 0),
        ("1.1", "Hvem står på tavlen?", 1),
        ("", "Om natten?", 1),
        ("1.2", "Hvor?", 1),
    ]


def test_it_is_a_word_document_with_headings(
    cast: Cast, case: Case, guide: list[KitItem], sign_in: SignIn
) -> None:
    answer = sign_in(cast.reader).get(reverse("case_guide_word", args=(cast.study.slug, case.key)))
    assert "guide-tofteby.docx" in answer["Content-Disposition"]
    document = WordDocument(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    assert [(each.style.name, each.text) for each in document.paragraphs if each.style] == [
        ("Title", "Guide til besøg"),
        ("Subtitle", case.name),
        ("Heading 1", "1 Om jer"),
        ("Normal", "1.1\tHvem står på tavlen?"),
        ("Normal", "+\tOm natten?"),
        ("Normal", "1.2\tHvor?"),
    ]
    assert document.core_properties.author == ""


def test_it_is_a_page_for_paper(
    cast: Cast, case: Case, guide: list[KitItem], sign_in: SignIn
) -> None:
    page = reverse("case_guide_print", args=(cast.study.slug, case.key))
    html = sign_in(cast.reader).get(page).content.decode()
    assert "Hvem står på tavlen?" in html
    assert "Hvad?" not in html


def test_the_paper_names_a_version_only_while_it_says_what_the_version_says(
    cast: Cast, case: Case, guide: list[KitItem], sign_in: SignIn
) -> None:
    page, client = reverse("case_guide_print", args=(cast.study.slug, case.key)), sign_in(cast.lead)
    assert client.get(page).context["version"] is None
    published = publish_kit(member=cast.lead, reason="Klar til besøg")
    assert client.get(page).context["version"] == published
    add_items(member=cast.lead, lines=read_outline("Til sidst"), title="")
    assert client.get(page).context["version"] is None
