"""Starting a study from the page."""

from collections.abc import Callable

from django.test import Client

from coding.domain.imports.plans import load_plan
from interviews.models import KitItem, TemplateSection
from tests.factories.studies import Cast, make_cast
from workbench.domain.studies import free_slug
from workbench.enums import Language, Role
from workbench.models import Member, Study, User

SignIn = Callable[[User | Member], Client]
NEW = "/studies/new/"


def test_anyone_signed_in_starts_a_blank_study_and_leads_it(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.stranger)
    assert client.get(NEW).status_code == 200

    response = client.post(NEW, {"title": "Støj på værkstedet", "language": "da", "source": ""})

    study = Study.objects.get(title="Støj på værkstedet")
    assert response.headers["Location"] == f"/studies/{study.slug}/"
    assert Member.objects.get(study=study).role == Role.LEAD


def test_a_plan_is_copied_from_a_study_one_is_a_member_of(cast: Cast, sign_in: SignIn) -> None:
    load_plan(study=cast.study, actor=None, language=Language.DANISH)
    data = {
        "title": "Ny",
        "language": "da",
        "source": str(cast.reader.pk),
        "parts": ["kit", "template"],
    }
    sign_in(cast.reader).post(NEW, data)
    study = Study.objects.get(title="Ny")

    assert KitItem.objects.filter(kit__study=study).count() == 71
    assert TemplateSection.objects.filter(template__study=study).count() == 7
    assert not study.codes.exists()


def test_a_study_of_others_can_not_be_copied_or_guessed(cast: Cast, sign_in: SignIn) -> None:
    other = make_cast("other", "other-")
    client = sign_in(cast.lead)
    data = {"title": "Ny", "language": "da", "source": str(other.lead.pk), "parts": ["kit"]}
    response = client.post(NEW, data)

    assert response.status_code == 200
    assert not Study.objects.filter(title="Ny").exists()
    assert str(other.lead.pk) not in client.get(NEW).content.decode()


def test_a_missing_title_keeps_what_was_written(cast: Cast, sign_in: SignIn) -> None:
    data = {"title": "", "description": "Om støj", "language": "da"}
    response = sign_in(cast.lead).post(NEW, data)

    assert response.status_code == 200
    assert "Om støj" in response.content.decode()
    assert Study.objects.count() == 1


def test_who_is_not_signed_in_is_asked_to(cast: Cast) -> None:
    assert Client().get(NEW).status_code == 302


def test_no_study_takes_the_address_of_the_page(cast: Cast) -> None:
    assert free_slug("New") == "new-2"


def test_the_address_of_a_study_can_be_read(cast: Cast) -> None:
    assert free_slug("Ærø Å-festival") == "aeroe-aa-festival"
