"""Erasing a name cannot be taken back: the server asks for the pseudonym, whatever the page did."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from interviews.domain.participants import Person, add_participant
from interviews.models import Case
from tests.factories.studies import Cast
from workbench.domain.names import has_name
from workbench.models import Member, User

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
SignIn = Callable[[User | Member], Client]


@pytest.mark.parametrize(
    ("typed", "erased"),
    [({}, False), ({"confirmation": ""}, False), ({"confirmation": "hjælper 4"}, False),
     ({"confirmation": "Hjælper 4"}, True), ({"confirmation": "  Hjælper 4 "}, True)],
)  # fmt: skip
def test_a_name_is_erased_only_when_its_pseudonym_was_typed(
    cast: Cast, case: Case, sign_in: SignIn, typed: dict[str, str], erased: bool
) -> None:
    person = add_participant(
        member=cast.coder, case=case, person=Person("Hjælper 4"), real_name="Else Krogh"
    )
    keys = {"slug": "study", "key": case.key, "participant": person.pk}
    answer = sign_in(cast.lead).post(reverse("participant_name_erase", kwargs=keys), typed)
    assert answer.status_code == (302 if erased else 400)
    assert has_name(member=cast.lead, participant=person.pk) is not erased
    if not erased:
        assert "Hjælper 4" in answer.content.decode()
