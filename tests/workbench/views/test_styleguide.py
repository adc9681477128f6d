"""The style guide is for those who build; the entrance is for everyone."""

import pytest
from django.test import Client, override_settings
from django.urls import reverse

pytestmark = pytest.mark.django_db


@override_settings(SHOW_STYLEGUIDE=True)
def test_the_style_guide_renders_where_it_is_switched_on() -> None:
    page = Client().get(reverse("styleguide"))
    assert page.status_code == 200
    assert 'aria-current="page">Material' in page.content.decode()


@override_settings(SHOW_STYLEGUIDE=False)
def test_the_style_guide_does_not_exist_elsewhere() -> None:
    assert Client().get(reverse("styleguide")).status_code == 404


@pytest.mark.parametrize("name", ["account_login", "account_reset_password"])
def test_signing_in_needs_no_account_and_shows_our_frame(name: str) -> None:
    page = Client().get(reverse(name))
    assert page.status_code == 200
    assert 'class="entrance"' in page.content.decode()


def test_wrong_sign_in_says_so_beside_the_form() -> None:
    page = Client().post(reverse("account_login"), {"login": "nobody", "password": "wrong"})
    assert page.status_code == 200
    assert 'role="alert"' in page.content.decode()


def test_the_chosen_theme_is_in_the_first_answer() -> None:
    client = Client()
    client.cookies["theme"] = "dark"
    assert 'data-theme="dark"' in client.get(reverse("account_login")).content.decode()
