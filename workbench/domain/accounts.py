"""Verbs of a person's own account."""

from django.utils.translation import gettext as _

from workbench.enums import Language
from workbench.errors import Invalid
from workbench.models import User


def change_account(*, user: User, name: str, language: str) -> User:
    """Name and language as the person wants them; an empty language follows the browser."""
    name = " ".join(name.split())
    if len(name) > 200 or language not in ("", *Language):
        raise Invalid(_("Write a name of at most 200 characters."), code="name")
    user.name, user.language = name, language
    user.save(update_fields=["name", "language"])
    return user
