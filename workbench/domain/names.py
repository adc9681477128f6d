"""Verbs of the name key: keep a name, look it up with a reason, erase it.

The two databases share no transaction. A name is kept before its participant is made and erased
after the participant is gone; each verb may be repeated, and comparing the ids on both sides shows
what a crash between the two left behind.
"""

from uuid import UUID

from django.utils.translation import gettext as _

from workbench.access.permissions import Permission, permits
from workbench.domain.changing import changing
from workbench.errors import Conflict, Forbidden, Invalid, Missing
from workbench.history.actions import Action
from workbench.history.record import record
from workbench.keystore import names
from workbench.keystore.models import Look
from workbench.models import Member

NOUN = "participant"
NAME_LENGTH = 200


def keep_name(*, member: Member, participant: UUID, real_name: str, label: str) -> None:
    """Keeps who stands behind a pseudonym; `label` is the pseudonym, for history.

    Raises Forbidden without the right to write field work, Invalid for an empty or long name,
    and Conflict `name_kept` where one is kept already that the member may not read.
    """
    if not permits(member, Permission.FIELD_WRITE):
        raise Forbidden
    name = " ".join(real_name.split())
    if not name or len(name) > NAME_LENGTH:
        raise Invalid(_("Write a name of at most 200 characters."), code="name")
    with changing(member):
        taken = names.is_kept(participant=participant, study=member.study_id)
        if taken and not permits(member, Permission.NAMES_READ):
            # Also the same name again: an answer to that would tell whether a guess is right.
            raise Conflict(
                _("A name is kept already. A project lead can replace it."), code="name_kept"
            )
        if names.keep(participant=participant, study=member.study_id, real_name=name):
            _tell(member, Action.NAME_KEPT, participant, label)


def look_up(*, member: Member, participant: UUID, label: str, purpose: str) -> str:
    """The name behind a pseudonym; the look is logged before anything is read.

    Raises Forbidden without the right to read names, Invalid without a reason, Missing when no
    name is kept.
    """
    if not permits(member, Permission.NAMES_READ):
        raise Forbidden
    if not purpose.strip():
        raise Invalid(_("Say why you need the name."), code="purpose")
    names.log_look(
        participant=participant, study=member.study_id, user=member.user, purpose=purpose.strip()
    )
    _tell(member, Action.NAME_SEEN, participant, label)
    name = names.read(participant=participant, study=member.study_id)
    if name is None:
        raise Missing(_("No name is kept for this pseudonym."))
    return name


def looks_at(*, member: Member, participant: UUID) -> list[Look]:
    """Who looked at the name, when and why, newest first; also after it was erased.

    Raises Forbidden: the log is for those who may look themselves.
    """
    if not permits(member, Permission.NAMES_READ):
        raise Forbidden
    return names.looks_at(participant=participant, study=member.study_id)


def forget_name(*, member: Member, participant: UUID, label: str) -> None:
    """Erases the name for good; asking again is the same. Raises Forbidden."""
    if not permits(member, Permission.NAMES_READ):
        raise Forbidden
    if names.erase(participant=participant, study=member.study_id):
        _tell(member, Action.NAME_FORGOTTEN, participant, label)


def has_name(*, member: Member, participant: UUID) -> bool:
    """Whether a name is kept; says nothing of it."""
    return names.is_kept(participant=participant, study=member.study_id)


def _tell(member: Member, action: Action, participant: UUID, label: str) -> None:
    with changing(member):
        record(
            study=member.study,
            actor=member.user,
            action=action,
            noun=NOUN,
            subject=participant,
            label=label,
        )
