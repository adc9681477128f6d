"""What the verbs of every plain row share: seen states, recorded differences, hiding."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from workbench.errors import Conflict, Missing
from workbench.history.actions import Action
from workbench.history.nouns import NAMED_TODAY
from workbench.history.record import record
from workbench.models import Member

State = Mapping[str, Any]
Row = TypeVar("Row", bound=models.Model)


def seal(state: State) -> str:
    """A short mark of a state; a form carries it to say which state its writer saw."""
    told = json.dumps(dict(state), sort_keys=True, cls=DjangoJSONEncoder)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def refuse_outdated(current: State, seen: str | None) -> None:
    """Raises Conflict `version_behind` with `theirs` and its `seen` when the state moved on.

    None skips the comparison: a loader has seen nothing.
    """
    if seen is not None and seal(current) != seen:
        raise Conflict(code="version_behind", theirs=dict(current), seen=seal(current))


def record_act(
    member: Member,
    action: Action,
    noun: str,
    row: models.Model,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """One history entry about a row, called as it calls itself, if history may keep that."""
    record(
        study=member.study,
        actor=member.user,
        action=action,
        noun=noun,
        subject=row.pk,
        label="" if noun in NAMED_TODAY else str(row),
        before=before,
        after=after,
    )


def record_change(
    *,
    member: Member,
    row: models.Model,
    noun: str,
    before: State,
    after: State,
    quiet: frozenset[str] = frozenset(),
) -> None:
    """One history entry with what differs, none when nothing does.

    Of `quiet` fields history keeps only that they changed: they hold longer text.
    """
    changed = sorted(name for name in after if before[name] != after[name])
    if not changed:
        return
    told = [name for name in changed if name not in quiet]
    silent = [name for name in changed if name in quiet]
    record_act(
        member,
        Action.CHANGED,
        noun,
        row,
        before={name: before[name] for name in told},
        after={name: after[name] for name in told} | ({"changed": silent} if silent else {}),
    )


def fresh(member: Member, row: Row, *related: str) -> Row:
    """The row as it is now, inside `changing`; `related` rows are read along.

    Raises Missing when it is gone or another study's.
    """
    found = (
        # Without a name it would follow every relation.
        type(row)
        ._default_manager.select_related(*(related or (None,)))
        .filter(pk=row.pk, study_id=member.study_id)
        .first()
    )
    if found is None:
        raise Missing
    return found


def standing(member: Member, row: Row) -> Row:
    """The same of a row with `removed_at`. Raises Missing also when it is hidden by now."""
    found = fresh(member, row)
    if found.removed_at is not None:  # type: ignore[attr-defined]
        raise Missing
    return found


def next_order(rows: models.QuerySet[Any]) -> int:
    """The place after the last of the rows, from 0."""
    last = rows.aggregate(last=models.Max("order"))["last"]
    return 0 if last is None else int(last) + 1


def hide(*, member: Member, row: Any, noun: str) -> None:
    """Takes a row with `removed_at` off every page; asking again is the same."""
    if row.removed_at is not None:
        return
    row.removed_at = timezone.now()
    _save_hiding(member, row, noun, Action.REMOVED)


def show(*, member: Member, row: Any, noun: str) -> None:
    """Brings a hidden row back; asking again is the same."""
    if row.removed_at is None:
        return
    row.removed_at = None
    _save_hiding(member, row, noun, Action.RESTORED)


def _save_hiding(member: Member, row: Any, noun: str, action: Action) -> None:
    row.save(update_fields=["removed_at"])
    record_act(member, action, noun, row)
