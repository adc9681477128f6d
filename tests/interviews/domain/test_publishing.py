"""Frozen versions of the guide, what changed between them, and who used which."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from interviews.domain.arrangements import Move
from interviews.domain.kits import ITEMS, add_items, change_item, publish_kit
from interviews.domain.queries.kits import changes_between, is_published, versions_of
from interviews.domain.visits import (
    InterviewFacts,
    VisitFacts,
    add_interview,
    add_visit,
    change_interview,
    interview_state,
)
from interviews.formats.outlines import read_outline
from interviews.models import Case, Interview, KitItem, KitVersion
from tests.factories.studies import Cast, make_cast
from workbench.errors import Invalid, Missing
from workbench.models import HistoryEntry, Member, User

SignIn = Callable[[User | Member], Client]


@pytest.fixture
def guide(cast: Cast) -> list[KitItem]:
    return add_items(member=cast.lead, lines=read_outline("Om jer\n\tHvem er I?\n\tHvor?\nOpgaven"))


def publish(cast: Cast, reason: str = "Første udgave") -> KitVersion:
    return publish_kit(member=cast.lead, reason=reason)


def reword(cast: Cast, item: KitItem, text: str) -> None:
    change_item(member=cast.lead, item_id=item.pk, seen=None, text=text)


def test_a_version_keeps_what_the_guide_said(cast: Cast, guide: list[KitItem]) -> None:
    version = publish(cast)
    reword(cast, guide[1], "Hvem arbejder her?")
    version.refresh_from_db()
    assert [(each["number"], each["text"]) for each in version.items] == [
        ("1", "Om jer"),
        ("1.1", "Hvem er I?"),
        ("1.2", "Hvor?"),
        ("2", "Opgaven"),
    ]
    assert (version.number, version.reason, version.published_by) == (
        1,
        "Første udgave",
        cast.lead.user,
    )
    assert HistoryEntry.objects.get(noun="kit_version").after == {
        "reason": "Første udgave",
        "items": 4,
    }


def test_publishing_twice_is_publishing_once(cast: Cast, guide: list[KitItem]) -> None:
    assert not is_published(cast.lead)
    assert publish(cast) == publish(cast, "Igen")
    assert is_published(cast.lead)
    reword(cast, guide[1], "Hvem arbejder her?")
    assert not is_published(cast.lead)
    assert publish(cast, "Efter første besøg").number == 2


def test_there_is_no_version_of_nothing_and_none_without_a_reason(cast: Cast) -> None:
    with pytest.raises(Invalid):
        publish(cast)
    add_items(member=cast.lead, lines=read_outline("Om jer"))
    with pytest.raises(Invalid):
        publish(cast, "  ")
    assert not KitVersion.objects.exists()


def test_two_versions_are_compared_by_key_word_for_word(cast: Cast, guide: list[KitItem]) -> None:
    first = publish(cast)
    reword(cast, guide[1], "Hvem er I her?")
    ITEMS.remove(member=cast.lead, pk=guide[3].pk)
    add_items(member=cast.lead, lines=read_outline("Hvornår?"), under=guide[0].pk)
    second = publish(cast, "Efter første besøg")

    changes = changes_between(first, second)
    assert [(each.fate, each.number) for each in changes] == [
        ("gone", "2"),
        ("reworded", "1.1"),
        ("new", "1.3"),
    ]
    assert [(part.kind, part.text) for part in changes[1].parts] == [
        ("same", "Hvem er I"),
        ("new", " her"),
        ("same", "?"),
    ]


def test_what_moved_is_told_and_what_only_got_another_number_is_not(
    cast: Cast, guide: list[KitItem]
) -> None:
    first = publish(cast)
    ITEMS.move(member=cast.lead, pk=guide[2].pk, way=Move.UP)
    second = publish(cast, "Hvor først")
    # One of the two changed places: whoever looks at one sees that it is not where it was.
    assert [each.fate for each in changes_between(first, second)] == ["moved"]
    ITEMS.move(member=cast.lead, pk=guide[2].pk, way=Move.OUT)
    third = publish(cast, "Hvor for sig")
    assert [(each.fate, each.before, each.number) for each in changes_between(second, third)] == [
        ("moved", "1.1", "2")
    ]
    ITEMS.remove(member=cast.lead, pk=guide[0].pk)
    fourth = publish(cast, "Uden indledning")
    assert {each.fate for each in changes_between(third, fourth)} == {"gone"}


def test_an_interview_says_which_version_it_used(
    cast: Cast, case: Case, guide: list[KitItem]
) -> None:
    publish(cast)
    visit = add_visit(member=cast.coder, case=case, facts=VisitFacts(title="Første"))
    talk = add_interview(
        member=cast.coder, visit=visit, facts=InterviewFacts("Leder", kit_version=1)
    )
    assert interview_state(talk)["kit_version"] == 1
    assert [version.used for version in versions_of(cast.reader)] == [1]  # type: ignore[attr-defined]

    change_interview(member=cast.coder, interview=talk, facts=InterviewFacts("Leder"))
    assert Interview.objects.get(pk=talk.pk).kit_version is None
    assert HistoryEntry.objects.filter(noun="interview").latest("at").before == {"kit_version": 1}
    with pytest.raises(Missing):
        add_interview(member=cast.coder, visit=visit, facts=InterviewFacts("Leder", kit_version=7))


def test_a_version_of_another_study_is_not_ours(cast: Cast, case: Case) -> None:
    other = make_cast("other", "other-")
    add_items(member=other.lead, lines=read_outline("Om jer"))
    publish_kit(member=other.lead, reason="Deres")
    visit = add_visit(member=cast.coder, case=case, facts=VisitFacts(title="Første"))
    with pytest.raises(Missing):
        add_interview(member=cast.coder, visit=visit, facts=InterviewFacts("Leder", kit_version=1))


def test_a_lead_publishes_and_everyone_reads(
    cast: Cast, guide: list[KitItem], sign_in: SignIn
) -> None:
    address = reverse("kit_versions", args=(cast.study.slug,))
    assert sign_in(cast.coder).post(address, {"reason": "Min"}).status_code == 403
    lead = sign_in(cast.lead)
    assert "reason" in lead.post(address, {"reason": ""}).context["form"].errors
    assert lead.post(address, {"reason": "Første udgave"}).status_code == 302
    # There is nothing new to publish.
    assert 'name="reason"' not in lead.get(address).content.decode()
    reword(cast, guide[1], "Hvem arbejder her?")
    lead.post(address, {"reason": "Efter første besøg"})
    version = reverse("kit_version", args=(cast.study.slug, 2))
    html = sign_in(cast.reader).get(version).content.decode()
    assert "<ins>arbejder</ins>" in html
    assert sign_in(cast.reader).get(version.replace("/2/", "/9/")).status_code == 404


def test_the_form_of_a_new_interview_offers_the_newest_version(
    cast: Cast, case: Case, guide: list[KitItem], sign_in: SignIn
) -> None:
    visit = add_visit(member=cast.coder, case=case, facts=VisitFacts(title="Første"))
    address = reverse("interview_new", args=(cast.study.slug, case.key, visit.pk))
    client = sign_in(cast.coder)
    assert "kit_version" not in client.get(address).context["form"].fields
    publish(cast)
    form = client.get(address).context["form"]
    assert form["kit_version"].value() == 1
    said = {"title": "Leder", "form": "individual", "kit_version": "1"}
    assert client.post(address, said).status_code == 302
    page = client.get(reverse("case_visits", args=(cast.study.slug, case.key)))
    assert "version 1" in page.content.decode()
