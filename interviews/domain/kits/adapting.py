"""The guide at one case: what is not asked there, asked in other words, or asked besides."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from interviews.domain.kits.outline import ITEMS
from interviews.models import Case, KitAdaptation, KitItem
from workbench.domain.changing import changing
from workbench.domain.rows import record_change, refuse_outdated, standing
from workbench.models import Member

NOUN = "kit_adaptation"
# Wordings are longer text: that they changed is enough for history.
QUIET = frozenset({"text", "added"})


def adaptation_of(case: Case, item: KitItem) -> KitAdaptation | None:
    return KitAdaptation.objects.filter(case=case, item=item).first()


def adaptation_state(found: KitAdaptation | None) -> dict[str, Any]:
    """What the form of an adaptation shows; None is the guide as it stands."""
    if found is None:
        return {"off": False, "text": "", "added": []}
    return {"off": found.off, "text": found.text, "added": found.added}


def adapt_item(
    *,
    member: Member,
    case: Case,
    item_id: UUID,
    seen: str | None,
    off: bool = False,
    text: str = "",
    added: Sequence[str] = (),
) -> KitAdaptation | None:
    """Says how the case asks an item of the guide; None where it asks it as the guide does.

    `off`: neither the item nor what lies under it is asked; `text` is its wording there, `added`
    are questions asked besides, which count as answers to this one. Raises Conflict
    `version_behind`, Missing for a foreign case or item.
    """
    with changing(member):
        case = standing(member, case)
        item = ITEMS.find(member=member, pk=item_id)
        found = adaptation_of(case, item)
        before = adaptation_state(found)
        refuse_outdated(before, seen)
        wording = text.strip()
        after: dict[str, Any] = {
            "off": off,
            "text": "" if wording == item.text else wording,
            "added": [line.strip() for line in added if line.strip()],
        }
        if after == before:
            return found
        kept = found or KitAdaptation(case=case, item=item)
        kept.off, kept.text, kept.added = after["off"], after["text"], after["added"]
        kept.save()
        record_change(member=member, row=kept, noun=NOUN, before=before, after=after, quiet=QUIET)
        if not any(after.values()):
            KitAdaptation.objects.filter(pk=kept.pk).delete()
            return None
    return kept
