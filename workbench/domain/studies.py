"""Verbs of studies and members."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from workbench.domain.changing import changing
from workbench.domain.keys import free_key
from workbench.domain.rows import fresh
from workbench.enums import Language, Role
from workbench.errors import Conflict, Invalid
from workbench.history.actions import Action
from workbench.history.record import record
from workbench.models import Member, Study, User


def free_slug(title: str) -> str:
    """A slug from the title that no study has; `new` is the page that starts one."""
    taken = {"new", *Study.objects.values_list("slug", flat=True)}
    return free_key(title, taken, fallback="study", length=50, joint="-")


def start_study(
    *,
    owner: User,
    title: str,
    description: str = "",
    language: str = Language.DANISH,
    slug: str | None = None,
    **fields: Any,
) -> Study:
    """Makes a study with its owner as project lead."""
    if not title.strip():
        raise Invalid(_("Give the study a title."))
    with transaction.atomic():
        study = _with_free_slug(
            slug=slug,
            title=title.strip(),
            description=description,
            language=language,
            **fields,
        )
        record(
            study=study,
            actor=owner,
            action=Action.CREATED,
            noun="study",
            subject=study.pk,
            label=study.title,
        )
        add_member(study=study, actor=owner, user=owner, role=Role.LEAD)
    return study


def _with_free_slug(*, slug: str | None, title: str, **fields: Any) -> Study:
    while True:
        wanted = slug or free_slug(title)
        try:
            with transaction.atomic():
                return Study.objects.create(slug=wanted, title=title, **fields)
        except IntegrityError:
            # Another took the slug in the same moment; now it can be seen.
            if slug or not Study.objects.filter(slug=wanted).exists():
                raise


def add_member(*, study: Study, actor: User | None, user: User, role: Role) -> Member:
    with changing(study):
        if Member.objects.filter(study=study, user=user).exists():
            raise Conflict(_("%(name)s is already on the team.") % {"name": user})
        member = Member.objects.create(study=study, user=user, role=role)
        record(
            study=study,
            actor=actor,
            action=Action.JOINED,
            noun="member",
            subject=member.pk,
            label=str(user),
            after={"user": str(user.pk), "role": role},
        )
    return member


def change_role(*, actor: Member, member: Member, role: Role) -> Member:
    """A study keeps at least one project lead. Raises Conflict `last_lead`, Missing."""
    with changing(actor):
        member = fresh(actor, member, "study", "user")
        before = member.role
        if before == role:
            return member
        if before == Role.LEAD and role != Role.LEAD:
            _keep_a_lead(member)
        member.role = role
        member.save(update_fields=["role"])
        record(
            study=member.study,
            actor=actor.user,
            action=Action.CHANGED,
            noun="member",
            subject=member.pk,
            label=str(member.user),
            before={"role": before},
            after={"role": role},
        )
    return member


def remove_member(*, actor: Member, member: Member) -> None:
    """Raises Conflict `last_lead`, Missing."""
    with changing(actor):
        member = fresh(actor, member, "study", "user")
        if member.role == Role.LEAD:
            _keep_a_lead(member)
        subject, label = member.pk, str(member.user)
        record(
            study=member.study,
            actor=actor.user,
            action=Action.LEFT,
            noun="member",
            subject=subject,
            label=label,
            before={"user": str(member.user_id), "role": member.role},
        )
        member.delete()


def _keep_a_lead(member: Member) -> None:
    leads = Member.objects.filter(study=member.study, role=Role.LEAD, user__is_active=True)
    if not leads.exclude(pk=member.pk).exists():
        raise Conflict(_("A study needs at least one project lead."), code="last_lead")


def change_study(*, actor: Member, **fields: Any) -> Study:
    """Changes title, description, language, dates or page unit; short fields go to history."""
    with changing(actor):
        study = Study.objects.get(pk=actor.study_id)
        before = {name: getattr(study, name) for name in fields}
        for name, value in fields.items():
            setattr(study, name, value)
        study.save(update_fields=list(fields))
        short = {"title", "language", "page_unit", "retention_date"}
        record(
            study=study,
            actor=actor.user,
            action=Action.CHANGED,
            noun="study",
            subject=study.pk,
            label=study.title,
            before={name: value for name, value in before.items() if name in short},
            after={name: value for name, value in fields.items() if name in short},
        )
    return study
