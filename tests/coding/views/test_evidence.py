"""Evidence on the page: who writes second sees both, and loses nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from coding.domain.evidence import note_excerpt, set_code_rules, set_kind_rules
from coding.models import Coding, EvidenceMark, EvidenceRule
from interviews.enums import DocumentKind
from interviews.models import Case, Document, TemplatePoint
from tests.factories.codings import make_code, make_coding
from tests.factories.studies import Cast
from tests.factories.templates import make_point, make_section

SignIn = Callable[[Any], Client]


@pytest.fixture
def point(cast: Cast) -> TemplatePoint:
    return make_point(make_section(cast.lead))


@pytest.fixture
def coding(cast: Cast, document: Document, point: TemplatePoint) -> Coding:
    code = make_code(cast.lead)
    set_code_rules(member=cast.lead, code=code, points=[point.pk], questions=[])
    return make_coding(cast.coder, document, "tavlen visket ud", code)


def test_two_who_note_at_once_both_see_both_notes(
    cast: Cast, case: Case, point: TemplatePoint, coding: Coding, sign_in: SignIn
) -> None:
    client = sign_in(cast.coder)
    keys, place = {"slug": "study", "key": case.key}, f"{point.pk}:{coding.excerpt_id}"
    page = client.get(reverse("draft", kwargs=keys, query={"note": place}))
    seen = page.context["tray"].points[0].shown[0].seen
    assert f'name="seen" value="{seen}"' in page.content.decode()
    note_excerpt(
        member=cast.lead, case=case, point=point, excerpt=coding.excerpt, note="Den bedste"
    )
    mine = {"act": f"note:{place}", "note": "Den værste", "seen": seen}
    refused = client.post(reverse("draft_evidence", kwargs=keys), mine)
    body = refused.content.decode()
    assert refused.status_code == 409
    assert body.count("Den bedste") == 1
    assert body.count("Den værste") == 2
    mine["seen"] = refused.context["tray"].points[0].shown[0].seen
    assert client.post(reverse("draft_evidence", kwargs=keys), mine).status_code == 302
    assert EvidenceMark.objects.get().note == "Den værste"


def test_rules_that_were_not_seen_are_shown_before_they_are_replaced(
    cast: Cast, point: TemplatePoint, coding: Coding, sign_in: SignIn
) -> None:
    client = sign_in(cast.lead)
    board = reverse("evidence_rules", kwargs={"slug": "study"})
    rows = client.get(board).context["board"].kinds
    seen = next(row.seen for row in rows if row.source == DocumentKind.NOTES)
    set_kind_rules(member=cast.lead, kind=DocumentKind.NOTES, points=[point.pk])
    mine = {"kind": "material", "source": DocumentKind.NOTES, "seen": seen}
    refused = client.post(board, mine)
    assert f"open={DocumentKind.NOTES}" in refused["Location"]
    assert EvidenceRule.objects.filter(document_kind=DocumentKind.NOTES).count() == 1
    again = client.get(refused["Location"])
    assert "i mellemtiden" in again.content.decode()


def test_the_form_of_a_code_carries_the_rules_it_shows(
    cast: Cast, point: TemplatePoint, coding: Coding, sign_in: SignIn
) -> None:
    client = sign_in(cast.lead)
    keys = {"slug": "study", "code": coding.code_id}
    seen = client.get(reverse("code", kwargs=keys)).context["rules_form"]["seen"].value()
    set_code_rules(member=cast.lead, code=coding.code, points=[], questions=[])
    other = make_point(point.section, "Noget andet")
    mine = {"points": [str(other.pk)], "seen": seen}
    address = reverse("code_rules", kwargs=keys)
    assert client.post(address, mine)["Location"].endswith("#rules")
    assert not EvidenceRule.objects.exists()
    now = client.get(reverse("code", kwargs=keys)).context["rules_form"]["seen"].value()
    client.post(address, mine | {"seen": now})
    assert EvidenceRule.objects.get().point == other
