"""Verbs of the interview guide: add, change, arrange, remove and bring back its items."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from interviews.domain import arrangements
from interviews.domain.arrangements import Move, Row
from interviews.domain.outlines import Outline
from interviews.enums import KitItemKind
from interviews.formats.outlines import DEEPEST, OutlineLine, numbers
from interviews.models import AnalysisQuestion, Kit, KitItem, TemplateSection
from workbench.domain.changing import changing
from workbench.domain.keys import free_key
from workbench.domain.rows import record_act, record_change, refuse_outdated
from workbench.errors import Invalid, Missing
from workbench.history.actions import Action
from workbench.history.record import record
from workbench.models import Member

NOUN = "kit_item"
# Lists of keys say little to a reader of history: that they changed is enough.
LINKS = frozenset({"categories", "questions", "sections"})


class Guide(Outline[KitItem]):
    """The verbs of an item, which goes nowhere without what lies under it."""

    def move(self, *, member: Member, pk: UUID, way: Move) -> KitItem:
        """One step, also in or out, in the guide as it stands now."""
        with changing(member):
            item = self.find(member=member, pk=pk)
            before = {"number": item.number}
            _store(item.kit, arrangements.move(_rows(item.kit), item.pk, way, deepest=DEEPEST))
            item.refresh_from_db()
            after = {"number": item.number, "way": way}
            record_act(member, Action.MOVED, NOUN, item, before=before, after=after)
        return item

    def remove(self, *, member: Member, pk: UUID) -> KitItem:
        """Hides it with all under it. Answer marks and adaptations stay and come back with it."""
        with changing(member):
            item = self.find(member=member, pk=pk)
            rows = _rows(item.kit)
            at = arrangements.index_of(rows, item.pk)
            end = arrangements.end_of(rows, at)
            hidden = item.kit.items.filter(pk__in=[row.key for row in rows[at:end]])
            hidden.update(removed_at=timezone.now())
            _store(item.kit, rows[:at] + rows[end:])
            record_act(member, Action.REMOVED, NOUN, item, after={"items": end - at})
        return item

    def restore(self, *, member: Member, pk: UUID) -> KitItem:
        """Brings it back with what was removed with it, as the last under its parent.

        Asking again is the same.
        """
        with changing(member):
            item = self.find(member=member, pk=pk, removed=True)
            if item.removed_at is None:
                return item
            rows = _rows(item.kit)
            back = _removed_together(item)
            live = {row.key: at for at, row in enumerate(rows)}
            parent = item.parent_id if item.parent_id in live else None
            at = arrangements.end_of(rows, live[parent]) if parent else len(rows)
            depth = rows[live[parent]].depth + 1 if parent else 0
            item.kit.items.filter(pk__in=[each.pk for each in back]).update(removed_at=None)
            new = [Row(each.pk, depth + each.depth - item.depth) for each in back]
            _store(item.kit, rows[:at] + new + rows[at:])
            item.refresh_from_db()
            record_act(member, Action.RESTORED, NOUN, item, after={"items": len(back)})
        return item


ITEMS = Guide(KitItem.objects.select_related("kit"), noun=NOUN, parent="kit", study="kit__study")


def kit_of(member: Member) -> Kit:
    """The study's guide; made when there is none, inside `changing`."""
    return Kit.objects.get_or_create(study_id=member.study_id)[0]


def state_of(item: KitItem) -> dict[str, Any]:
    """What the form of an item shows."""
    return {
        "text": item.text,
        "recurrence": item.recurrence,
        "categories": sorted(item.categories),
        "questions": sorted(str(each.pk) for each in item.analysis_questions.all()),
        "sections": sorted(str(each.pk) for each in item.template_sections.all()),
    }


def add_items(
    *, member: Member, lines: Sequence[OutlineLine], under: UUID | None = None, title: str = ""
) -> list[KitItem]:
    """Adds an outline at the end of the guide, or as the last items under one.

    What stands at depth 0 of the guide is a section, what stands deeper a question. `title` names
    a guide without one.
    """
    with changing(member):
        kit = kit_of(member)
        if title and not kit.title:
            before = kit_state(kit)
            kit.title = title.strip()[:200]
            kit.save(update_fields=["title"])
            record_change(
                member=member, row=kit, noun="kit", before=before, after=kit_state(kit), quiet=LINKS
            )
        parent = ITEMS.find(member=member, pk=under) if under else None
        taken = set(kit.items.values_list("key", flat=True))
        base = parent.depth + 1 if parent else 0
        made: list[KitItem] = []
        for line in lines:
            key = free_key(line.text, taken, fallback="item")
            taken.add(key)
            depth = min(base + line.depth, DEEPEST)
            made.append(KitItem(kit=kit, key=key, text=_text(line.text), depth=depth))
        rows = _rows(kit)
        at = arrangements.end_of(rows, arrangements.index_of(rows, parent.pk)) if parent else None
        new = [Row(item.pk, item.depth) for item in made]
        rows[len(rows) if at is None else at : len(rows) if at is None else at] = new
        # Written first without parents: a row may come before the one it hangs under.
        KitItem.objects.bulk_create(made)
        _store(kit, rows)
        record(
            study=member.study,
            actor=member.user,
            action=Action.CREATED,
            noun=NOUN,
            subject=made[0].pk if made else kit.pk,
            label=made[0].text if made else "",
            after={"items": len(made), "under": str(under or "")},
        )
    return made


def change_item(
    *,
    member: Member,
    item_id: UUID,
    seen: str | None,
    text: str,
    recurrence: str = "",
    categories: Collection[str] = (),
    questions: Collection[AnalysisQuestion] = (),
    sections: Collection[TemplateSection] = (),
) -> KitItem:
    """Changes wording and what the item feeds.

    Raises Conflict with both versions when it changed since `seen`, Missing for a question or
    section of another study.
    """
    with changing(member):
        kit = kit_of(member)
        item = ITEMS.find(member=member, pk=item_id)
        if any(each.study_id != member.study_id for each in questions) or any(
            each.template.study_id != member.study_id for each in sections
        ):
            raise Missing
        known = {category["key"] for category in kit.answer_categories}
        before = state_of(item)
        after: dict[str, Any] = {
            "text": _text(text),
            "recurrence": recurrence.strip()[:60],
            "categories": sorted(known & set(categories)),
            "questions": sorted(str(each.pk) for each in questions),
            "sections": sorted(str(each.pk) for each in sections),
        }
        refuse_outdated(before, seen)
        if after != before:
            item.text, item.recurrence = after["text"], after["recurrence"]
            item.categories = after["categories"]
            item.save(update_fields=["text", "recurrence", "categories"])
            item.analysis_questions.set(questions)
            item.template_sections.set(sections)
            record_change(
                member=member, row=item, noun=NOUN, before=before, after=after, quiet=LINKS
            )
    return item


def describe_kit(
    *, member: Member, seen: str | None, title: str, categories: Sequence[OutlineLine]
) -> Kit:
    """Sets the guide's title and its answer categories (depth 0: a category, deeper: options)."""
    with changing(member):
        kit = kit_of(member)
        before = kit_state(kit)
        after: dict[str, Any] = {
            "title": title.strip()[:200],
            "categories": _categories(kit, categories),
        }
        refuse_outdated(before, seen)
        if after != before:
            kit.title, kit.answer_categories = after["title"], after["categories"]
            kit.save(update_fields=["title", "answer_categories"])
            record_change(
                member=member, row=kit, noun="kit", before=before, after=after, quiet=LINKS
            )
    return kit


def kit_state(kit: Kit) -> dict[str, Any]:
    return {"title": kit.title, "categories": kit.answer_categories}


def _categories(kit: Kit, lines: Sequence[OutlineLine]) -> list[dict[str, Any]]:
    """Categories by label: one that keeps its label keeps its key, and so its items."""
    known = {each["label"]: each for each in kit.answer_categories}
    found: list[dict[str, Any]] = []
    for line in lines:
        if line.depth == 0 or not found:
            old = known.get(line.text, {})
            taken = {each["key"] for each in [*found, *kit.answer_categories]}
            key = old.get("key") or free_key(line.text, taken, fallback="category")
            found.append({"key": key, "label": line.text, "options": []})
            continue
        category = found[-1]
        olds = {o["label"]: o["key"] for o in known.get(category["label"], {}).get("options", [])}
        taken = {option["key"] for option in category["options"]} | set(olds.values())
        key = olds.get(line.text) or free_key(line.text, taken, fallback="option")
        category["options"].append({"key": key, "label": line.text})
    return found


def _rows(kit: Kit) -> list[Row[UUID]]:
    live = kit.items.filter(removed_at__isnull=True).values_list("pk", "depth")
    return [Row(pk, depth) for pk, depth in live]


def _removed_together(item: KitItem) -> list[KitItem]:
    """The item and what lies under it and was removed at the same time, depth first."""
    hidden = list(item.kit.items.filter(removed_at=item.removed_at).order_by("order"))
    found: list[KitItem] = []
    stack = [item]
    while stack:
        top = stack.pop()
        found.append(top)
        stack.extend(reversed([each for each in hidden if each.parent_id == top.pk]))
    return found


def _store(kit: Kit, rows: Sequence[Row[UUID]]) -> None:
    """Writes order, depth, parent, kind and number of every live item as the rows say."""
    items = kit.items.in_bulk([row.key for row in rows])
    above = arrangements.parents(rows)
    printed = numbers([row.depth for row in rows])
    changed = []
    for order, (row, number) in enumerate(zip(rows, printed, strict=True)):
        item = items[row.key]
        kind = KitItemKind.QUESTION if row.depth else KitItemKind.SECTION
        new = (order, row.depth, above[row.key], kind, number)
        if (item.order, item.depth, item.parent_id, item.kind, item.number) != new:
            item.order, item.depth, item.parent_id, item.kind, item.number = new
            changed.append(item)
    KitItem.objects.bulk_update(
        changed, ["order", "depth", "parent", "kind", "number"], batch_size=100
    )


def _text(text: str) -> str:
    stripped = text.strip()
    if not stripped:
        raise Invalid(_("Write the question."), code="empty")
    return stripped
