"""Verbs of invitations: a link that makes one account and one membership, once."""

import datetime as dt
import secrets
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from workbench.domain.changing import changing
from workbench.domain.studies import add_member
from workbench.domain.tokens import digest
from workbench.enums import Role
from workbench.errors import Conflict, Gone, Missing
from workbench.history.actions import Action
from workbench.history.record import record
from workbench.models import Invitation, Member, User

NOUN: Final = "invitation"
OPEN_FOR: Final = dt.timedelta(days=7)


def invite(*, actor: Member, email: str, role: Role) -> tuple[Invitation, str]:
    """An invitation and the secret of its link, which is told this once.

    Asking again makes a new link and ends the old one. Raises Conflict when the address has an
    account: that person is added, not invited.
    """
    email = email.strip().lower()
    with changing(actor):
        _refuse_known(email)
        # An address is kept no longer than its link works.
        Invitation.objects.filter(expires_at__lte=timezone.now()).delete()
        secret = secrets.token_urlsafe(32)
        invitation, _made = Invitation.objects.update_or_create(
            study=actor.study,
            email=email,
            defaults={
                "role": role,
                "invited_by": actor.user,
                "digest": digest(secret),
                "expires_at": timezone.now() + OPEN_FOR,
            },
        )
        _tell(actor, Action.INVITED, invitation)
    return invitation, secret


def withdraw(*, actor: Member, invitation_id: UUID) -> Invitation:
    """Ends an invitation. Raises Missing for one of another study, or one that is used."""
    with changing(actor):
        found = Invitation.objects.filter(pk=invitation_id, study=actor.study).first()
        if found is None:
            raise Missing
        _tell(actor, Action.WITHDRAWN, found)
        Invitation.objects.filter(pk=found.pk).delete()
    return found


def open_invitations(member: Member) -> list[Invitation]:
    """The study's invitations that still open the door."""
    return list(
        Invitation.objects.filter(study=member.study, expires_at__gt=timezone.now())
        .filter(invited_by__memberships__in=_leads(member.study_id))
        .order_by("email")
    )


def invitation_of(secret: str) -> Invitation:
    """Raises Gone for one that was used, withdrawn, is too old or never was.

    Also for one whose inviter no longer leads the study: nobody may give away what they lost.
    """
    found = (
        Invitation.objects.select_related("study", "invited_by")
        .filter(digest=digest(secret), expires_at__gt=timezone.now())
        .first()
    )
    if found is None or not _leads(found.study_id).filter(user=found.invited_by).exists():
        raise Gone(_("This invitation no longer works. Ask a project lead for a new one."))
    return found


def accept(*, secret: str, username: str, name: str, password: str) -> Member:
    """Makes the account and the membership, and ends the invitation.

    Raises Gone as `invitation_of` does, Conflict when the address or the user name is taken.
    """
    with changing(invitation_of(secret).study):
        invitation = invitation_of(secret)
        _refuse_known(invitation.email)
        if User.objects.filter(username__iexact=username).exists():
            raise _taken_name()
        Invitation.objects.filter(pk=invitation.pk).delete()
        try:
            with transaction.atomic():
                user = User.objects.create_user(
                    username=username, email=invitation.email, password=password, name=name
                )
        except IntegrityError:
            # Somebody invited to another study took it in the same moment.
            raise _taken_name() from None
        return add_member(study=invitation.study, actor=user, user=user, role=Role(invitation.role))


def _taken_name() -> Conflict:
    return Conflict(_("This user name is taken. Choose another."), code="username")


def _leads(study: UUID) -> QuerySet[Member]:
    return Member.objects.filter(study_id=study, role=Role.LEAD)


def _refuse_known(email: str) -> None:
    if User.objects.filter(email__iexact=email).exists():
        raise Conflict(_("This e-mail has an account. Add the person, or sign in with it."))


def _tell(actor: Member, action: Action, invitation: Invitation) -> None:
    record(
        study=actor.study,
        actor=actor.user,
        action=action,
        noun=NOUN,
        subject=invitation.pk,
        # Nobody can take an address out of history again: the row alone names it.
        after={"role": invitation.role},
    )
