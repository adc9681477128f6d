"""Verbs of sources: who or what was asked for projects, and what that way of asking misses."""

import datetime
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from interviews.enums import SourceKind
from interviews.models import BiasStatement, Source
from workbench.domain.changing import changing
from workbench.domain.rows import (
    fresh,
    hide,
    next_order,
    record_act,
    record_change,
    refuse_outdated,
    show,
    standing,
)
from workbench.errors import Invalid, Missing
from workbench.history.actions import Action
from workbench.models import Member

SOURCE = "source"
BIAS = "bias_statement"
# A name may be a person's: history keeps none of these.
QUIET = frozenset({"name", "asked", "answer"})


@dataclass(frozen=True)
class SourceFacts:
    """`asked` is what was asked, for a search its words. `referred_by` is the source that led to
    this one: that makes the snowball chain."""

    name: str
    kind: SourceKind = SourceKind.NETWORK
    asked: str = ""
    asked_on: datetime.date | None = None
    answer: str = ""
    referred_by: Source | None = None


COLUMNS = ("name", "kind", "question", "asked_on", "answer")


def source_of(*, member: Member, source_id: UUID) -> Source:
    """A live source of the member's study. Raises Missing."""
    found = Source.objects.filter(
        pk=source_id, study_id=member.study_id, removed_at__isnull=True
    ).first()
    if found is None:
        raise Missing
    return found


def bias_of(*, member: Member, bias_id: UUID) -> BiasStatement:
    """A live bias statement of the member's study. Raises Missing."""
    found = BiasStatement.objects.filter(
        pk=bias_id, study_id=member.study_id, removed_at__isnull=True
    ).first()
    if found is None:
        raise Missing
    return found


def source_state(source: Source) -> dict[str, Any]:
    return {
        "name": source.name,
        "kind": source.kind,
        "asked": source.question,
        "asked_on": source.asked_on,
        "answer": source.answer,
        "referred_by": str(source.referred_by_id or ""),
    }


def bias_state(bias: BiasStatement) -> dict[str, Any]:
    return {"text": bias.text}


def add_source(*, member: Member, facts: SourceFacts) -> Source:
    """A new source at the end of the list. Raises Invalid (name, referred_by)."""
    _refuse_unnamed(facts)
    with changing(member):
        _refuse_stranger(member, facts)
        source = Source(
            study_id=member.study_id,
            order=next_order(Source.objects.filter(study_id=member.study_id)),
        )
        _write(source, facts)
        source.save(force_insert=True)
        record_act(member, Action.CREATED, SOURCE, source, after={"kind": source.kind})
    return source


def change_source(
    *, member: Member, source: Source, facts: SourceFacts, seen: str | None = None
) -> Source:
    """Rewrites a source. Raises Conflict `version_behind`, Invalid (name, referred_by), Missing."""
    _refuse_unnamed(facts)
    with changing(member):
        source = standing(member, source)
        before = source_state(source)
        refuse_outdated(before, seen)
        _refuse_stranger(member, facts)
        _refuse_ring(source, facts.referred_by)
        _write(source, facts)
        source.save(update_fields=[*COLUMNS, "referred_by"])
        record_change(
            member=member,
            row=source,
            noun=SOURCE,
            before=before,
            after=source_state(source),
            quiet=QUIET,
        )
    return source


def remove_source(*, member: Member, source: Source) -> None:
    """Hides a source; whom it referred to then stands by itself in the chain."""
    with changing(member):
        hide(member=member, row=fresh(member, source), noun=SOURCE)


def restore_source(*, member: Member, source: Source) -> None:
    with changing(member):
        show(member=member, row=fresh(member, source), noun=SOURCE)


def add_bias(*, member: Member, text: str) -> BiasStatement:
    """A new statement that is printed with every total. Raises Invalid (text)."""
    text = _said(text)
    with changing(member):
        held = BiasStatement.objects.filter(study_id=member.study_id)
        bias = BiasStatement.objects.create(
            study_id=member.study_id, text=text, order=next_order(held)
        )
        record_act(member, Action.CREATED, BIAS, bias)
    return bias


def change_bias(
    *, member: Member, bias: BiasStatement, text: str, seen: str | None = None
) -> BiasStatement:
    """Rewrites a statement. Raises Conflict `version_behind`, Invalid (text), Missing."""
    text = _said(text)
    with changing(member):
        bias = standing(member, bias)
        before = bias_state(bias)
        refuse_outdated(before, seen)
        bias.text = text
        bias.save(update_fields=["text"])
        record_change(
            member=member,
            row=bias,
            noun=BIAS,
            before=before,
            after=bias_state(bias),
            quiet=frozenset({"text"}),
        )
    return bias


def remove_bias(*, member: Member, bias: BiasStatement) -> None:
    with changing(member):
        hide(member=member, row=fresh(member, bias), noun=BIAS)


def restore_bias(*, member: Member, bias: BiasStatement) -> None:
    with changing(member):
        show(member=member, row=fresh(member, bias), noun=BIAS)


def _write(source: Source, facts: SourceFacts) -> None:
    source.name = " ".join(facts.name.split())
    source.kind = facts.kind
    source.question, source.answer = facts.asked.strip(), facts.answer.strip()
    source.asked_on = facts.asked_on
    source.referred_by = facts.referred_by


def _said(text: str) -> str:
    text = " ".join(text.split())
    if not text or len(text) > 500:
        raise Invalid(_("Say it in at most 500 characters."), code="text")
    return text


def _refuse_unnamed(facts: SourceFacts) -> None:
    name = " ".join(facts.name.split())
    if not name or len(name) > 200:
        raise Invalid(_("Give the source a name of at most 200 characters."), code="name")


def _refuse_stranger(member: Member, facts: SourceFacts) -> None:
    referred = facts.referred_by
    if referred is None:
        return
    known = Source.objects.filter(pk=referred.pk, study_id=member.study_id, removed_at__isnull=True)
    if not known.exists():
        raise Invalid(_("The source that referred is not there any more."), code="referred_by")


def _refuse_ring(source: Source, referred_by: Source | None) -> None:
    """A chain that led back to itself would have no beginning."""
    links = dict(Source.objects.filter(study_id=source.study_id).values_list("pk", "referred_by"))
    above = referred_by.pk if referred_by else None
    while above is not None:
        if above == source.pk:
            raise Invalid(
                _("It was itself led to by this source, directly or through others."),
                code="referred_by",
            )
        above = links.get(above)
