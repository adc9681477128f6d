"""Pages of case descriptions without script: every form does what the script does faster."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from coding.domain.case_drafts import cite, open_draft, write_section
from coding.domain.reviews import approve_draft, return_draft, submit_draft
from coding.enums import CitationMode, DraftState
from coding.models import CaseDraft, Coding, EvidenceMark
from interviews.models import Case, Document, TemplatePoint, TemplateSection
from tests.coding.views.case_drafts.description import SAID, address
from tests.factories.codings import make_code, make_coding
from tests.factories.field import make_case
from tests.factories.pages import body
from tests.factories.studies import Cast
from tests.factories.templates import fresh, make_section
from workbench.models import HistoryEntry

SignIn = Callable[[Any], Client]


def test_a_quote_is_cited_by_a_plain_post_into_the_open_section(
    cast: Cast, draft: CaseDraft, coding: Coding, point: TemplatePoint, sign_in: SignIn
) -> None:
    answer = sign_in(cast.coder).post(
        address("draft_section", section=point.section.key),
        {"base_version": 1, "text": "Først. Så.", "cite": f"quote:{coding.excerpt_id}"},
    )
    assert answer.status_code == 302
    assert f"edit={point.section.key}" in answer["Location"]
    assert draft.sections.get().text == "Først. Så.\n\n[@1]"


def test_the_evidence_of_one_section_stands_beside_another_that_is_written(
    cast: Cast, draft: CaseDraft, coding: Coding, point: TemplatePoint, sign_in: SignIn
) -> None:
    other = make_section(cast.lead, "fremtid", "Fremtiden")
    client = sign_in(cast.coder)
    page = client.get(address(query={"edit": other.key, "section": point.section.key}))
    assert page.context["editing"].section == other
    assert page.context["tray"].section == point.section
    acted = client.post(
        address("draft_evidence", query={"edit": other.key}),
        {"act": f"pin:{point.pk}:{coding.excerpt_id}"},
    )
    assert EvidenceMark.objects.get().pinned
    again = client.get(acted["Location"])
    assert again.context["editing"].section == other
    assert again.context["tray"].section == point.section


def test_nothing_that_stands_at_no_point_is_offered_when_there_is_none(
    cast: Cast, draft: CaseDraft, talk: Document, coding: Coding, sign_in: SignIn
) -> None:
    client = sign_in(cast.coder)
    assert "section=elsewhere" not in body(client, address())
    loose = make_coding(cast.coder, talk, "Når vi kommer", make_code(cast.lead, "Løst"))
    assert "section=elsewhere" in body(client, address())
    page = client.get(address(query={"section": "elsewhere"}))
    assert [row.passage.excerpt for row in page.context["evidence"].elsewhere] == [loose.excerpt_id]


def test_a_section_says_that_it_changed_since_the_review(
    cast: Cast, draft: CaseDraft, point: TemplatePoint, sign_in: SignIn
) -> None:
    def version() -> int:
        return fresh(draft).version

    submit_draft(member=cast.coder, draft=draft, base_version=version())
    client = sign_in(cast.lead)
    assert not client.get(address()).context["view"].sections[0].changed_since
    return_draft(member=cast.lead, draft=draft, reason="Hvem?", base_version=version())
    assert not client.get(address()).context["view"].sections[0].changed_since
    write_section(
        member=cast.coder, draft=draft, section=point.section, text="Nyt.", base_version=1
    )
    assert client.get(address()).context["view"].sections[0].changed_since
    link = re.search(r'href="([^"]+versions/[^"]+from=1[^"]+)"', body(client, address()))
    assert link
    compared = body(client, link[1].replace("&amp;", "&"))
    assert re.search(r"<del[^>]*>Først</del>|<del[^>]*>Først\.</del>", compared)
    submit_draft(member=cast.coder, draft=draft, base_version=version())
    approve_draft(member=cast.lead, draft=draft, base_version=version())
    assert not client.get(address()).context["view"].sections[0].changed_since


def test_an_empty_description_is_not_handed_in(
    cast: Cast, case: Case, point: TemplatePoint, sign_in: SignIn
) -> None:
    made = open_draft(member=cast.coder, case=case)
    answer = sign_in(cast.coder).post(address("draft_submit"), {"base_version": made.version})
    assert answer.status_code == 400
    assert fresh(made).state == DraftState.DRAFT


def test_what_is_missing_is_asked_about_once_and_linked(
    cast: Cast, draft: CaseDraft, sign_in: SignIn
) -> None:
    empty = make_section(cast.lead, "fremtid", "Fremtiden")
    client = sign_in(cast.coder)
    sent: dict[str, Any] = {"base_version": draft.version}
    asked = client.post(address("draft_submit"), sent)
    assert asked.status_code == 302
    assert fresh(draft).state == DraftState.DRAFT
    page = body(client, asked["Location"])
    assert f'href="#{empty.key}"' in page
    assert 'name="as_is"' in page
    client.post(address("draft_submit"), {**sent, "as_is": "1"})
    assert fresh(draft).state == DraftState.SUBMITTED

    lead, sent = sign_in(cast.lead), {"base_version": fresh(draft).version, "decision": "approve"}
    assert f'href="#{empty.key}"' in body(lead, address())
    assert lead.post(address("draft_decision"), sent).status_code == 422
    lead.post(address("draft_decision"), {**sent, "reason": "Den kommer aldrig."})
    assert draft.steps.get(kind="approve").reason == "Den kommer aldrig."
    assert "Den kommer aldrig." in body(lead, address())


def test_a_lead_is_told_who_submitted_and_can_take_back_what_was_just_returned(
    cast: Cast, draft: CaseDraft, sign_in: SignIn
) -> None:
    submit_draft(member=cast.lead, draft=draft, base_version=draft.version)
    lead = sign_in(cast.lead)
    assert lead.get(address()).context["own_step"]
    version = fresh(draft).version
    return_draft(member=cast.lead, draft=draft, reason="Hvem?", base_version=version)
    assert lead.get(address()).context["may_take_back"]
    lead.post(address("draft_submit"), {"base_version": version + 1, "as_is": "1"})
    assert fresh(draft).state == DraftState.SUBMITTED
    assert not sign_in(cast.coder).get(address()).context["own_step"]


def test_the_tray_begins_with_the_first_section_and_comes_alone_when_asked_for(
    cast: Cast, draft: CaseDraft, coding: Coding, point: TemplatePoint, sign_in: SignIn
) -> None:
    client = sign_in(cast.coder)
    first = make_section(cast.lead, "forord", "Forord")
    TemplateSection.objects.filter(pk=point.section_id).update(order=first.order + 1)
    assert client.get(address()).context["tray"].section == first
    asked = address(query={"section": point.section.key})
    alone = client.get(asked, headers={"HX-Target": "tray"}).content.decode()
    assert alone.strip().startswith("<aside")
    assert SAID in alone


def test_the_points_of_a_section_stand_where_it_is_written(
    cast: Cast, draft: CaseDraft, point: TemplatePoint, sign_in: SignIn
) -> None:
    client = sign_in(cast.coder)
    page = client.get(address(query={"edit": point.section.key}))
    assert page.context["points"] == [point]
    assert not client.get(address()).context["points"]


def test_every_version_can_be_chosen_and_shows_citations_as_numbers(
    cast: Cast, draft: CaseDraft, coding: Coding, point: TemplatePoint, sign_in: SignIn
) -> None:
    token = cite(
        member=cast.coder, draft=draft, excerpt_id=coding.excerpt_id, mode=CitationMode.REFERENCE
    )
    for number in (1, 2):
        write_section(
            member=cast.coder,
            draft=draft,
            section=point.section,
            text=f"Først {token}." + "." * number,
            base_version=number,
        )
    page = body(
        sign_in(cast.reader),
        address("draft_versions", section=point.section.key, query={"from": 1, "to": 2}),
    )
    for number in (1, 2, 3):
        assert len(re.findall(rf'<option value="{number}"', page)) == 2
    assert "<sup>1</sup>" in page
    assert token not in page


def test_looking_at_a_description_begins_none_and_writing_does(
    cast: Cast, case: Case, point: TemplatePoint, sign_in: SignIn
) -> None:
    client, key = sign_in(cast.coder), point.section.key
    before = HistoryEntry.objects.count()
    for query in (None, {"edit": key}, {"section": key}):
        assert (
            "<textarea"
            not in body(client, address(query=query))
            .split('id="tray"')[0]
            .split('class="fold draft-remark"')[0]
        )
    body(client, address("draft_section", section=key))
    assert not CaseDraft.objects.exists()
    assert HistoryEntry.objects.count() == before
    answer = client.post(address("draft_section", section=key), {"begin": "1"})
    assert answer.status_code == 302
    assert 'name="text"' in body(client, answer["Location"])
    assert CaseDraft.objects.get().case == case


def test_a_quote_is_printed_otherwise_by_the_version_that_was_seen(
    cast: Cast, draft: CaseDraft, coding: Coding, point: TemplatePoint, sign_in: SignIn
) -> None:
    token = cite(
        member=cast.coder, draft=draft, excerpt_id=coding.excerpt_id, mode=CitationMode.QUOTE
    )
    write_section(member=cast.coder, draft=draft, section=point.section, text=token, base_version=1)
    where = address("draft_citation", section=point.section.key, number=1)
    client = sign_in(cast.coder)
    wanted: dict[str, Any] = {"c1-printed": "tavlen […] visket ud", "c1-base_version": 1}
    behind = client.post(where, wanted)
    assert behind.status_code == 409
    assert wanted["c1-printed"] in behind.content.decode()
    wrong = client.post(where, wanted | {"c1-printed": "hun sagde", "c1-base_version": 2})
    assert (wrong.status_code, "hun sagde" in wrong.content.decode()) == (422, True)
    done = client.post(where, wanted | {"c1-base_version": 2})
    assert done["Location"].endswith("#citation-2")
    assert "tavlen […] visket ud" in body(client, done["Location"])


@pytest.mark.parametrize("more", [0, 2])
def test_the_list_takes_a_fixed_number_of_queries(
    cast: Cast,
    draft: CaseDraft,
    coding: Coding,
    more: int,
    sign_in: SignIn,
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    for number in range(more):
        open_draft(member=cast.coder, case=make_case(cast.lead, f"case-{number}", f"C{number}"))
    client = sign_in(cast.reader)
    with django_assert_num_queries(12):
        body(client, reverse("drafts", kwargs={"slug": "study"}))
