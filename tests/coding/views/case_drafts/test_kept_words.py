"""Whoever may not save gets the written words back."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coding.domain.reviews import approve_draft, submit_draft
from coding.models import CaseDraft, Coding
from interviews.domain.documents import remove_document
from interviews.models import Case, Document, TemplatePoint
from tests.coding.views.case_drafts.description import address
from tests.factories.pages import body
from tests.factories.studies import PASSWORD, Cast
from tests.factories.templates import fresh
from workbench.domain.studies import change_role, remove_member
from workbench.enums import Role
from workbench.models import Member

SignIn = Callable[[Any], Client]


LONG = "Ordene, som ingen må miste, fordi et andet menneske var hurtigere."


def test_who_sends_a_text_after_the_session_ended_gets_it_back(
    cast: Cast, draft: CaseDraft, point: TemplatePoint, sign_in: SignIn
) -> None:
    client, written = sign_in(cast.coder), "Tavlen bliver visket ud, før natholdet kommer."
    client.logout()
    sent = {"base_version": 1, "text": written}
    url = address("draft_section", section=point.section.key)
    answer = client.post(url, sent, headers={"Referer": "http://testserver/her/"})
    assert answer.status_code == 401
    page = answer.content.decode()
    assert written in page
    assert "?next=http%3A//testserver/her/" in page or "?next=http%3A%2F%2Ftestserver" in page
    elsewhere = client.post(url, sent, headers={"Referer": "https://elsewhere.example/"})
    assert "elsewhere" not in elsewhere.content.decode()
    assert draft.sections.get().text == "Først."


def test_who_writes_while_it_is_approved_gets_the_words_back_and_the_reason(
    cast: Cast, draft: CaseDraft, point: TemplatePoint, sign_in: SignIn
) -> None:
    submit_draft(member=cast.coder, draft=draft, base_version=draft.version)
    approve_draft(member=cast.lead, draft=draft, base_version=fresh(draft).version)
    answer = sign_in(cast.coder).post(
        address("draft_section", section=point.section.key), {"base_version": 1, "text": LONG}
    )
    assert answer.status_code == 409
    page = answer.content.decode()
    assert LONG in page
    assert "godkendt" in page.split(LONG)[0]


def test_who_writes_in_a_section_that_is_removed_gets_the_words_back(
    cast: Cast, draft: CaseDraft, point: TemplatePoint, sign_in: SignIn
) -> None:
    point.section.removed_at = timezone.now()
    point.section.save()
    answer = sign_in(cast.coder).post(
        address("draft_section", section=point.section.key), {"base_version": 1, "text": LONG}
    )
    assert answer.status_code == 410
    assert LONG in answer.content.decode()


@pytest.mark.parametrize("what", ["case", "role", "member"])
def test_who_may_not_save_any_more_gets_the_words_back(
    cast: Cast, draft: CaseDraft, point: TemplatePoint, sign_in: SignIn, what: str
) -> None:
    client = sign_in(cast.coder)
    if what == "case":
        Case.objects.update(removed_at=timezone.now())
    elif what == "role":
        change_role(actor=cast.lead, member=cast.coder, role=Role.READER)
    else:
        remove_member(actor=cast.lead, member=cast.coder)
    answer = client.post(
        address("draft_section", section=point.section.key), {"base_version": 1, "text": LONG}
    )
    assert answer.status_code in {403, 404}
    assert LONG in answer.content.decode()


def test_citing_material_that_is_removed_meanwhile_keeps_the_form_open(
    cast: Cast,
    draft: CaseDraft,
    coding: Coding,
    talk: Document,
    point: TemplatePoint,
    sign_in: SignIn,
) -> None:
    remove_document(member=cast.lead, document=talk)
    answer = sign_in(cast.coder).post(
        address("draft_section", section=point.section.key),
        {"base_version": 1, "text": LONG, "cite": f"quote:{coding.excerpt_id}"},
    )
    assert answer.status_code == 422
    assert answer.context["section_form"]["text"].value() == LONG


def test_who_writes_on_a_page_after_somebody_else_signed_in_writes_nothing_in_their_name(
    cast: Cast, draft: CaseDraft, point: TemplatePoint
) -> None:
    browser = Client(enforce_csrf_checks=True)

    def token(url: str) -> str:
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', body(browser, url))
        assert found
        return found[1]

    def sign_in_as(member: Member) -> None:
        url = reverse("account_login")
        sent = {"login": member.user.username, "password": PASSWORD}
        answer = browser.post(url, {**sent, "csrfmiddlewaretoken": token(url)})
        assert answer.status_code == 302

    sign_in_as(cast.coder)
    mine = token(address(query={"edit": point.section.key}))
    browser.post(reverse("account_logout"), {"csrfmiddlewaretoken": mine})
    sign_in_as(cast.lead)
    theirs = token(address(query={"edit": point.section.key}))
    url, sent = address("draft_section", section=point.section.key), {"base_version": 1}

    refused = browser.post(url, {**sent, "text": LONG, "csrfmiddlewaretoken": mine})
    assert (refused.status_code, LONG in refused.content.decode()) == (403, True)
    autosaved = browser.put(
        f"/api/v1/drafts/{draft.pk}/sections/{point.section.key}",
        json.dumps({"text": LONG}),
        content_type="application/json",
        headers={"X-CSRFToken": mine, "If-Match": '"1"'},
    )
    assert autosaved.status_code == 403
    assert draft.sections.get().text == "Først."
    browser.post(url, {**sent, "text": "Mit.", "csrfmiddlewaretoken": theirs})
    assert draft.sections.get().text == "Mit."
