"""Pages of sources and of what the search misses."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from interviews.domain.sources import SourceFacts, add_source, source_state
from interviews.models import BiasStatement, Source
from tests.factories.studies import Cast
from workbench.domain.rows import seal
from workbench.models import Member, User

SignIn = Callable[[User | Member], Client]
PAGE = "/studies/study/map/sources/"


def test_a_source_is_added_led_to_rewritten_and_removed(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.coder)
    first = add_source(member=cast.coder, facts=SourceFacts("Rådet"))
    form = {"name": "Konsulenten", "kind": "consultant", "asked_on": "2012-03-01"}
    client.post(f"{PAGE}new/", {**form, "referred_by": str(first.pk)})
    source = Source.objects.get(name="Konsulenten")
    assert (source.referred_by, str(source.asked_on)) == (first, "2012-03-01")
    address = reverse("source", kwargs={"slug": "study", "source": source.pk})
    seen = seal(source_state(source))
    assert client.post(address, {**form, "name": "Huset", "seen": seen}).status_code == 302
    late = client.post(address, {**form, "name": "Gården", "seen": seen})
    assert late.status_code == 409
    assert "Huset" in late.content.decode()
    client.post(reverse("source_remove", kwargs={"slug": "study", "source": source.pk}))
    assert "Huset" not in sign_in(cast.reader).get(PAGE).content.decode()
    client.post(reverse("source_restore", kwargs={"slug": "study", "source": source.pk}))
    assert "Huset" in sign_in(cast.reader).get(PAGE).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"kind": "gossip"}, {"asked_on": "i går"}, {"referred_by": "nobody"}],
)
def test_what_makes_no_sense_is_told(cast: Cast, sign_in: SignIn, wrong: dict[str, str]) -> None:
    answer = sign_in(cast.coder).post(f"{PAGE}new/", {"name": "Rådet", "kind": "council"} | wrong)
    assert set(wrong) == set(answer.context["form"].errors)
    assert not Source.objects.exists()


def test_a_chain_that_led_back_to_itself_is_refused_beside_its_field(
    cast: Cast, sign_in: SignIn
) -> None:
    first = add_source(member=cast.coder, facts=SourceFacts("Rådet"))
    second = add_source(member=cast.coder, facts=SourceFacts("Skolen", referred_by=first))
    answer = sign_in(cast.coder).post(
        reverse("source", kwargs={"slug": "study", "source": first.pk}),
        {"name": "Rådet", "kind": "council", "referred_by": str(second.pk)},
    )
    assert "referred_by" in answer.context["form"].errors


def test_a_caveat_is_written_and_removed(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.coder)
    client.post("/studies/study/map/misses/new/", {"text": "Kun netværk"})
    bias = BiasStatement.objects.get()
    keys = {"slug": "study", "bias": bias.pk}
    client.post(reverse("bias", kwargs=keys), {"text": "Kun vort netværk"})
    assert "Kun vort netværk" in client.get(PAGE).content.decode()
    client.post(reverse("bias_remove", kwargs=keys))
    assert "Kun vort netværk" not in sign_in(cast.reader).get(PAGE).content.decode()
    client.post(reverse("bias_restore", kwargs=keys))
    assert "Kun vort netværk" in sign_in(cast.reader).get(PAGE).content.decode()


def test_the_page_asks_as_often_for_three_as_for_one(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.reader)
    counts = []
    above = None
    for name in ("Rådet", "Konsulenten", "Skolen"):
        above = add_source(member=cast.coder, facts=SourceFacts(name, referred_by=above))
        client.get(PAGE)
        with CaptureQueriesContext(connection) as asked:
            client.get(PAGE)
        counts.append(len(asked))
    assert counts[0] == counts[2]
