"""Verbs of key figures: what describes a workplace in numbers."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from interviews.domain.figures import FIELDS, QUIET, FigureFacts, refuse_unclear, standing_case
from interviews.models import Case, KeyFigure
from workbench.domain.changing import changing
from workbench.domain.rows import (
    fresh,
    hide,
    record_act,
    record_change,
    refuse_outdated,
    show,
    standing,
)
from workbench.errors import Invalid, Missing
from workbench.history.actions import Action
from workbench.models import Member

NOUN: Final = "key_figure"


@dataclass(frozen=True, kw_only=True)
class KeyFigureFacts(FigureFacts):
    """`source` says where the figure stands."""

    name: str
    source: str
    unit: str = ""


KEY_FIGURE_FIELDS: Final = ("name", "unit", *FIELDS, "source")


def key_figure_of(*, member: Member, key_figure_id: UUID) -> KeyFigure:
    """A live key figure of the member's study. Raises Missing."""
    live = KeyFigure.objects.filter(study_id=member.study_id, removed_at__isnull=True)
    found = live.select_related("case").filter(pk=key_figure_id).first()
    if found is None:
        raise Missing
    return found


def key_figure_state(key_figure: KeyFigure) -> dict[str, Any]:
    return {name: getattr(key_figure, name) for name in KEY_FIGURE_FIELDS}


def add_key_figure(*, member: Member, case: Case | None, facts: KeyFigureFacts) -> KeyFigure:
    """A figure of the case, or outside of the cases. Raises Invalid, Missing."""
    _refuse_bare(facts)
    with changing(member):
        case = standing_case(member, case)
        key_figure = KeyFigure.objects.create(
            study_id=member.study_id,
            case=case,
            **{name: getattr(facts, name) for name in KEY_FIGURE_FIELDS},
        )
        told = {"case": case.name if case else "", "date": key_figure.date}
        record_act(member, Action.CREATED, NOUN, key_figure, after=told)
    return key_figure


def change_key_figure(
    *, member: Member, key_figure: KeyFigure, facts: KeyFigureFacts, seen: str | None = None
) -> KeyFigure:
    """Raises Conflict `version_behind`, Invalid, Missing."""
    _refuse_bare(facts)
    with changing(member):
        found = standing(member, key_figure)
        before = key_figure_state(found)
        refuse_outdated(before, seen)
        for name in KEY_FIGURE_FIELDS:
            setattr(found, name, getattr(facts, name))
        found.save(update_fields=KEY_FIGURE_FIELDS)
        after = key_figure_state(found)
        record_change(member=member, row=found, noun=NOUN, before=before, after=after, quiet=QUIET)
    return found


def remove_key_figure(*, member: Member, key_figure: KeyFigure) -> None:
    with changing(member):
        hide(member=member, row=fresh(member, key_figure), noun=NOUN)


def restore_key_figure(*, member: Member, key_figure: KeyFigure) -> None:
    with changing(member):
        show(member=member, row=fresh(member, key_figure), noun=NOUN)


def _refuse_bare(facts: KeyFigureFacts) -> None:
    if not facts.name:
        raise Invalid(_("Give the key figure a name."), code="name")
    if not facts.source:
        raise Invalid(_("Say where the figure stands."), code="source")
    refuse_unclear(facts)
