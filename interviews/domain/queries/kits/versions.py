"""Versions of the guide as pages read them: the list, one of them, what changed between two."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Count, Q, QuerySet

from interviews.models import Kit, KitItem, KitVersion
from workbench.language.word_diff import Change, word_diff
from workbench.models import Member

Fate = Literal["new", "gone", "reworded", "moved"]


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One item in two versions; `parts` are its words, `before` its number when that changed."""

    fate: Fate
    number: str
    depth: int
    parts: tuple[Change, ...]
    before: str = ""


def versions_of(member: Member) -> QuerySet[KitVersion]:
    """Newest first, with `used`: how many interviews say that they used it."""
    return (
        KitVersion.objects.filter(kit__study_id=member.study_id)
        .select_related("published_by")
        .annotate(used=Count("interviews", filter=Q(interviews__removed_at__isnull=True)))
        .order_by("-number")
    )


def is_published(member: Member) -> bool:
    """Whether the newest version says what the guide says now; also of no guide at all."""
    kit = Kit.objects.filter(study_id=member.study_id).first()
    live = KitItem.objects.filter(kit=kit, removed_at__isnull=True).order_by("order")
    now = list(live.values("key", "number", "depth", "text"))
    last = kit.versions.last() if kit else None
    return not now or (
        kit is not None and last is not None and (last.title, last.items) == (kit.title, now)
    )


def changes_between(older: KitVersion, newer: KitVersion) -> list[ItemChange]:
    """What is new, gone, said in other words, or stands elsewhere, in the newer one's order.

    Keys tell which item is which. What only got another number, because something before it came
    or went, is left out.
    """
    was = {each["key"]: each for each in older.items}
    now = {each["key"]: each for each in newer.items}
    moved = _moved(older, newer)
    found = [
        ItemChange("gone", each["number"], each["depth"], tuple(word_diff(each["text"], "")))
        for key, each in was.items()
        if key not in now
    ]
    for key, each in now.items():
        before = was.get(key)
        if before is None:
            words = tuple(word_diff("", each["text"]))
            found.append(ItemChange("new", each["number"], each["depth"], words))
        elif before["text"] != each["text"]:
            found.append(_change("reworded", before, each))
        elif key in moved:
            found.append(_change("moved", before, each))
    return found


def _change(fate: Fate, before: Mapping[str, Any], after: Mapping[str, Any]) -> ItemChange:
    return ItemChange(
        fate,
        after["number"],
        after["depth"],
        tuple(word_diff(before["text"], after["text"])),
        before["number"] if before["number"] != after["number"] else "",
    )


def _moved(older: KitVersion, newer: KitVersion) -> set[str]:
    """Items of both that hang under another, or were put before or behind their siblings."""
    was, now = _parents(older), _parents(newer)
    moved = {key for key, parent in now.items() if key in was and was[key] != parent}
    stayed = [key for key in now if key in was and key not in moved]
    for parent in {now[key] for key in stayed}:
        siblings = [key for key in stayed if now[key] == parent]
        order = {key: at for at, key in enumerate(key for key in was if key in set(siblings))}
        moved.update(set(siblings) - _in_order(siblings, order))
    return moved


def _parents(version: KitVersion) -> dict[str, str]:
    """What each item hangs under, in the version's order."""
    above: list[str] = []
    found = {}
    for each in version.items:
        del above[each["depth"] :]
        found[each["key"]] = above[-1] if above else ""
        above.append(each["key"])
    return found


def _in_order(keys: Sequence[str], order: Mapping[str, int]) -> set[str]:
    """The most of the keys that still follow each other as they did; the rest were moved."""
    none: list[str] = []
    best = [none]
    for key in keys:
        before = [each for each in best if not each or order[each[-1]] < order[key]]
        longest = max(before, key=len)
        best.append([*longest, key])
    longest = max(best, key=len)
    return set(longest)
