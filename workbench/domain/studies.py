"""Verbs of studies and members."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from workbench.domain.changing import changing
from workbench.domain.keys import free_key
from workbench.domain.rows import fresh, record_change, refuse_outdated
from workbench.enums import Language, PageUnit, Role
from workbench.errors import Conflict, Invalid
from workbench.history.actions import Action
from workbench.history.record import record
from workbench.models import Member, Study, User

TITLE_LENGTH: Final = 200
TEXT_LENGTH: Final = 5_000


@dataclass(frozen=True)
class StudyFacts:
    """What a study says of itself, and how its pages are counted."""

    title: str
    description: str = ""
    language: Language = Language.DANISH
    page_unit: PageUnit = PageUnit.STANDARD
    legal_basis: str = ""
    retention_date: dt.date | None = None


FIELDS: Final = tuple(StudyFacts.__dataclass_fields__)


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


def state_of(study: Study) -> dict[str, Any]:
    return {name: getattr(study, name) for name in FIELDS}


def change_study(*, member: Member, facts: StudyFacts, seen: str | None = None) -> Study:
    """Rewrites what a study says of itself. Raises Conflict `version_behind`, Invalid."""
    facts = _clean(facts)
    with changing(member):
        study = Study.objects.get(pk=member.study_id)
        before = state_of(study)
        refuse_outdated(before, seen)
        for name in FIELDS:
            setattr(study, name, getattr(facts, name))
        study.save(update_fields=FIELDS)
        record_change(
            member=member,
            row=study,
            noun="study",
            before=before,
            after=state_of(study),
            quiet=frozenset({"description", "legal_basis"}),
        )
    return study


def _clean(facts: StudyFacts) -> StudyFacts:
    title = " ".join(facts.title.split())
    if not title or len(title) > TITLE_LENGTH:
        raise Invalid(_("Give a title of at most 200 characters."), code="title")
    for name in ("description", "legal_basis"):
        if len(getattr(facts, name)) > TEXT_LENGTH:
            raise Invalid(_("Write at most 5,000 characters."), code=name)
    return replace(facts, title=title)
