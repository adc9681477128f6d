"""Versions of the criteria: the last one is worked on while it is proposed; decided, it stays."""

import datetime
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from interviews.domain import arrangements
from interviews.domain.arrangements import Move, Row
from interviews.enums import CriterionScope, SelectionState
from interviews.models import SelectionCriterion, SelectionVersion
from workbench.domain.changing import changing
from workbench.domain.keys import free_key
from workbench.domain.rows import hide, next_order, record_act, record_change, refuse_outdated, show
from workbench.errors import Conflict, Invalid, Missing
from workbench.history.actions import Action
from workbench.models import Member

VERSION = "selection_version"
CRITERION = "selection_criterion"


@dataclass(frozen=True)
class CriterionFacts:
    """`aspects`: what the criterion covers, a line each."""

    name: str
    text: str = ""
    aspects: tuple[str, ...] = ()
    scope: CriterionScope = CriterionScope.CASE


@dataclass(frozen=True)
class Decision:
    """`by`: who decided, as a meeting or a group."""

    on: datetime.date
    by: str = ""
    note: str = ""


def last_version(member: Member) -> SelectionVersion | None:
    return SelectionVersion.objects.filter(study_id=member.study_id).order_by("number").last()


def criterion_of(*, member: Member, criterion_id: UUID) -> SelectionCriterion:
    """A criterion of the member's study, also a hidden one. Raises Missing."""
    found = (
        SelectionCriterion.objects.select_related("version")
        .filter(pk=criterion_id, version__study_id=member.study_id)
        .first()
    )
    if found is None:
        raise Missing
    return found


def criterion_state(criterion: SelectionCriterion) -> dict[str, Any]:
    return {
        "name": criterion.name,
        "text": criterion.text,
        "aspects": "\n".join(criterion.aspects),
        "scope": criterion.scope,
    }


def add_criterion(*, member: Member, facts: CriterionFacts) -> SelectionCriterion:
    """A criterion at the end of the proposed list; the first begins version 1.

    Raises Conflict `frozen` when the last version is decided, Invalid.
    """
    facts = _clean(facts)
    with changing(member):
        version = last_version(member)
        if version is None:
            version = SelectionVersion.objects.create(study_id=member.study_id, number=1)
            record_act(member, Action.CREATED, VERSION, version)
        _refuse_frozen(version, version)
        # A key is never used for another criterion, so that no mark changes what it is about.
        keys = SelectionCriterion.objects.filter(version__study_id=member.study_id)
        criterion = SelectionCriterion.objects.create(
            version=version,
            key=free_key(facts.name, set(keys.values_list("key", flat=True)), fallback="criterion"),
            order=next_order(version.criteria.all()),
            **_columns(facts),
        )
        after = {"version": version.number, "key": criterion.key}
        record_act(member, Action.CREATED, CRITERION, criterion, after=after)
    return criterion


def change_criterion(
    *, member: Member, criterion_id: UUID, facts: CriterionFacts, seen: str | None = None
) -> SelectionCriterion:
    """Rewords a criterion. Raises Conflict `version_behind`, `frozen`, Invalid, Missing."""
    facts = _clean(facts)
    with changing(member):
        criterion = _open(member, criterion_id)
        before = criterion_state(criterion)
        refuse_outdated(before, seen)
        for name, value in _columns(facts).items():
            setattr(criterion, name, value)
        criterion.save(update_fields=[*_columns(facts)])
        record_change(
            member=member,
            row=criterion,
            noun=CRITERION,
            before=before,
            after=criterion_state(criterion),
            quiet=frozenset({"text", "aspects"}),
        )
    return criterion


def move_criterion(*, member: Member, criterion_id: UUID, way: Move) -> None:
    """One step up or down in the list as it stands now."""
    with changing(member):
        criterion = _open(member, criterion_id)
        live = {each.pk: each for each in criterion.version.criteria.filter(removed_at=None)}
        if criterion.pk not in live:
            raise Missing
        rows = arrangements.move([Row(pk) for pk in live], criterion.pk, way)
        for order, row in enumerate(rows):
            live[row.key].order = order
        SelectionCriterion.objects.bulk_update(live.values(), ["order"])
        record_act(member, Action.MOVED, CRITERION, criterion, after={"way": way})


def remove_criterion(*, member: Member, criterion_id: UUID) -> None:
    """Hides it in the proposed version; its marks stay. Raises Conflict `frozen`, Missing."""
    with changing(member):
        hide(member=member, row=_open(member, criterion_id), noun=CRITERION)


def restore_criterion(*, member: Member, criterion_id: UUID) -> None:
    with changing(member):
        show(member=member, row=_open(member, criterion_id), noun=CRITERION)


def propose_version(*, member: Member, reason: str, after: int) -> SelectionVersion:
    """A new list like the last one, number `after`, to be worked on.

    Raises Conflict `moved_on` when somebody made one since, Invalid without a reason.
    """
    reason = reason.strip()
    if not reason:
        raise Invalid(_("Say why the criteria change."), code="reason")
    with changing(member):
        last = _last(member, after)
        version = SelectionVersion.objects.create(
            study_id=member.study_id, number=last.number + 1, reason=reason
        )
        SelectionCriterion.objects.bulk_create(
            SelectionCriterion(
                version=version,
                key=each.key,
                name=each.name,
                text=each.text,
                aspects=each.aspects,
                scope=each.scope,
                order=order,
            )
            for order, each in enumerate(last.criteria.filter(removed_at=None))
        )
        record_act(member, Action.CREATED, VERSION, version, after={"reason": reason})
    return version


def decide_version(*, member: Member, number: int, decision: Decision) -> SelectionVersion:
    """Freezes the last version. Raises Conflict `moved_on`, `frozen`, Invalid when it is empty."""
    with changing(member):
        version = _last(member, number)
        _refuse_frozen(version, version)
        if not version.criteria.filter(removed_at=None).exists():
            raise Invalid(_("There is no criterion to decide on."), code="empty")
        version.state = SelectionState.DECIDED
        version.decided_on, version.decided_by = decision.on, decision.by.strip()[:300]
        version.note = decision.note.strip()
        version.save(update_fields=["state", "decided_on", "decided_by", "note"])
        told = {"state": version.state, "date": version.decided_on.isoformat()}
        record_act(member, Action.APPROVED, VERSION, version, after=told)
    return version


def _last(member: Member, number: int) -> SelectionVersion:
    version = last_version(member)
    if version is None:
        raise Missing
    if version.number != number:
        raise Conflict(
            _("Somebody has made version %(number)s since. Look at it first.")
            % {"number": version.number},
            code="moved_on",
        )
    return version


def _open(member: Member, criterion_id: UUID) -> SelectionCriterion:
    criterion = criterion_of(member=member, criterion_id=criterion_id)
    last = last_version(member)
    assert last is not None
    _refuse_frozen(criterion.version, last)
    return criterion


def _refuse_frozen(version: SelectionVersion, last: SelectionVersion) -> None:
    if version.state == SelectionState.DECIDED or version.pk != last.pk:
        raise Conflict(
            _("This version is frozen. Propose a new one to change the criteria."), code="frozen"
        )


def _clean(facts: CriterionFacts) -> CriterionFacts:
    name = " ".join(facts.name.split())
    if not name or len(name) > 200:
        raise Invalid(_("Give the criterion a name of at most 200 characters."), code="name")
    lines = tuple(line for each in facts.aspects if (line := each.strip()))
    return CriterionFacts(name, facts.text.strip(), lines, CriterionScope(facts.scope))


def _columns(facts: CriterionFacts) -> dict[str, Any]:
    return {**asdict(facts), "aspects": list(facts.aspects)}
