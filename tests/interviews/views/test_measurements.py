"""Pages of measurements: every number with its caveat, written in the person's language."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from interviews.models import Case, Instrument, KeyFigure, Measurement
from tests.factories.measurements import make_instrument, make_key_figure, make_measurement
from tests.factories.studies import Cast
from workbench.models import Member, User

SignIn = Callable[[User | Member], Client]
TAB = "/studies/study/cases/tofteby/measurements/"
STUDY = "/studies/study/measurements/"


def page(client: Client, address: str, language: str = "da") -> str:
    answer = client.get(address, headers={"accept-language": language})
    assert answer.status_code == 200
    return answer.content.decode()


def make_series(cast: Cast, case: Case) -> Instrument:
    instrument = make_instrument(
        cast.coder,
        scale_from=Decimal(0),
        scale_to=Decimal(16),
        norm=Decimal("10.2"),
        norm_year=2010,
        asked="Er der tillid?",
    )
    for value, date in (("10.7", "2011"), ("11.92", "2011-11"), ("12.3", "2012")):
        facts = {"value": Decimal(value), "date": date, "caveat": f"forbehold {date}"}
        make_measurement(cast.coder, instrument, case, **facts)
    return instrument


@pytest.mark.parametrize("address", [TAB, STUDY])
def test_numbers_stand_in_picture_and_table_with_their_caveats(
    cast: Cast, case: Case, sign_in: SignIn, address: str
) -> None:
    make_series(cast, case)
    text = page(sign_in(cast.reader), address)
    assert text.count('class="chart-point"') == 3
    assert 'class="chart-norm"' in text
    assert "10,2 (2010" in text
    for number, caveat in (("10,7", "2011"), ("11,92", "2011-11"), ("12,3", "2012")):
        assert text.count(f">{number}<") == 2
        assert f"forbehold {caveat}" in text
    assert "style=" not in text
    assert "new/" not in text


@pytest.mark.parametrize("address", [TAB, STUDY])
def test_a_list_of_three_asks_no_more_than_a_list_of_one(
    cast: Cast,
    case: Case,
    sign_in: SignIn,
    django_assert_num_queries: DjangoAssertNumQueries,
    address: str,
) -> None:
    client = sign_in(cast.coder)
    make_measurement(cast.coder, make_instrument(cast.coder), case)
    make_key_figure(cast.coder, case)
    page(client, address)
    queries = {TAB: 12, STUDY: 6}[address]
    with django_assert_num_queries(queries):
        page(client, address)
    for name in ("Sygedage", "Trivsel"):
        make_measurement(cast.coder, make_instrument(cast.coder, name), case)
        make_key_figure(cast.coder, case, name=name)
    with django_assert_num_queries(queries):
        page(client, address)


def test_a_number_is_typed_as_the_language_writes_it(
    cast: Cast, case: Case, sign_in: SignIn
) -> None:
    client, instrument = sign_in(cast.coder), make_instrument(cast.coder)
    given = {"instrument": instrument.pk, "value": "11,92", "date": "2011-11", "caveat": "intern"}
    answer = client.post(f"{STUDY}new/?case=tofteby", given, headers={"accept-language": "da"})
    assert answer.headers["Location"] == TAB
    row = Measurement.objects.get()
    assert (row.value, row.case, row.date) == (
        Decimal("11.92"), case, "2011-11",
    )  # fmt: skip
    assert 'value="11,92"' in page(client, f"{STUDY}{row.pk}/")


@pytest.mark.parametrize(
    ("given", "told"),
    [({"caveat": ""}, "Skriv, hvad tallet ikke kan sige"), ({"value": "mange"}, "Indtast et tal"),
     ({"date": "20111"}, "Skriv en dato som 2011"), ({"instrument": "x"}, "Marker en gyldig"),
     ({"value": "9" * 30}, "cifre")],
)  # fmt: skip
def test_bad_input_is_told_in_the_form(
    cast: Cast, sign_in: SignIn, given: dict[str, str], told: str
) -> None:
    instrument = make_instrument(cast.coder)
    whole = {"instrument": instrument.pk, "value": "11,92", "date": "2011", "caveat": "intern"}
    answer = sign_in(cast.coder).post(
        f"{STUDY}new/", whole | given, headers={"accept-language": "da"}
    )
    assert answer.status_code in (200, 422)
    assert told in answer.content.decode()
    assert not Measurement.objects.exists()


def test_what_was_removed_can_be_brought_back_from_the_page(
    cast: Cast, case: Case, sign_in: SignIn
) -> None:
    client, row = sign_in(cast.coder), make_key_figure(cast.coder, case)
    keys = {"slug": "study", "key_figure": row.pk}
    answer = client.post(reverse("key_figure_remove", kwargs=keys))
    restore = reverse("key_figure_restore", kwargs=keys)
    assert restore in page(client, answer.headers["Location"])
    assert client.post(restore).headers["Location"] == TAB
    assert KeyFigure.objects.get().removed_at is None
