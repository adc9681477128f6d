"""Verbs of accounts: a person sets their own, an administrator closes and opens."""

from django.db import transaction
from django.utils.translation import gettext as _

from workbench.domain.tokens import revoke_all
from workbench.enums import Language
from workbench.errors import Invalid
from workbench.history.actions import Action
from workbench.history.record import record
from workbench.models import Member, User


def change_account(*, user: User, name: str, language: str) -> User:
    """Name and language as the person wants them; an empty language follows the browser."""
    name = " ".join(name.split())
    if len(name) > 200 or language not in ("", *Language):
        raise Invalid(_("Write a name of at most 200 characters."), code="name")
    user.name, user.language = name, language
    user.save(update_fields=["name", "language"])
    return user


def close_account(*, user: User) -> None:
    """Ends sign-in, sessions and tokens; what the person made stays, and so does their role."""
    with transaction.atomic():
        if User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
            revoke_all(user=user)
            _tell_studies(user, Action.ACCOUNT_CLOSED)


def open_account(*, user: User) -> None:
    """Lets the person sign in again. Their old tokens stay ended."""
    with transaction.atomic():
        if User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
            _tell_studies(user, Action.ACCOUNT_OPENED)


def _tell_studies(user: User, action: Action) -> None:
    # In one order, so that two of these never wait for each other's studies.
    for member in Member.objects.filter(user=user).select_related("study").order_by("study_id"):
        record(
            study=member.study,
            actor=None,
            action=action,
            noun="member",
            subject=member.pk,
            label=str(user),
        )
