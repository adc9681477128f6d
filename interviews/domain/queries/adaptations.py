"""The guide as each case asks it, beside the guide as it stands."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from interviews.models import Case, KitAdaptation, KitItem
from workbench.models import Member


@dataclass
class Adaptations:
    """By (case, item): what is off, also because something above it is; and other wordings."""

    off: set[tuple[UUID, UUID]] = field(default_factory=set)
    wording: dict[tuple[UUID, UUID], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AdaptedItem:
    """An item at one case; `is_off` also where something above it is."""

    item: KitItem
    is_off: bool
    is_own: bool
    wording: str
    added: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskedLine:
    """What is read out at the case; a question asked besides has no number."""

    number: str
    text: str
    depth: int


def asked_at(case: Case) -> list[AskedLine]:
    """The guide as it is brought to the case: without what is off, in its words. Two queries."""
    found = []
    for row in adapted_guide(case):
        if row.is_off:
            continue
        found.append(AskedLine(row.item.number, row.wording or row.item.text, row.item.depth))
        depth = max(row.item.depth, 1)
        found += [AskedLine("", added, depth) for added in row.added]
    return found


def adaptations(member: Member, items: Iterable[KitItem]) -> Adaptations:
    """All cases' adaptations of the live items, which come in the guide's order. One query."""
    found = Adaptations()
    own: set[tuple[UUID, UUID]] = set()
    cases: set[UUID] = set()
    rows = KitAdaptation.objects.filter(case__study_id=member.study_id)
    for case, item, off, text in rows.values_list("case_id", "item_id", "off", "text"):
        if off:
            own.add((case, item))
            cases.add(case)
        if text:
            found.wording[case, item] = text
    if not own:
        return found
    for each in items:
        for case in cases:
            if (case, each.pk) in own or (case, each.parent_id) in found.off:
                found.off.add((case, each.pk))
    return found


def adaptations_at(case_id: UUID) -> dict[UUID, KitAdaptation]:
    """One case's own adaptations, by item."""
    return {each.item_id: each for each in KitAdaptation.objects.filter(case_id=case_id)}


def adapted_guide(case: Case) -> list[AdaptedItem]:
    """The study's guide as the case asks it, in order. Two queries."""
    items = KitItem.objects.filter(kit__study_id=case.study_id, removed_at__isnull=True)
    own = adaptations_at(case.pk)
    off: set[UUID | None] = set()
    found = []
    for item in items:
        adapted = own.get(item.pk)
        is_own = adapted is not None and adapted.off
        if is_own or item.parent_id in off:
            off.add(item.pk)
        found.append(
            AdaptedItem(
                item=item,
                is_off=item.pk in off,
                is_own=is_own,
                wording=adapted.text if adapted else "",
                added=tuple(adapted.added) if adapted else (),
            )
        )
    return found
