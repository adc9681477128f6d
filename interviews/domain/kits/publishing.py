"""Frozen versions of the guide: what its items said on a day, and why they were changed."""

from typing import Any

from django.utils.translation import gettext as _

from interviews.domain.kits.outline import kit_of
from interviews.models import Kit, KitVersion
from workbench.domain.changing import changing
from workbench.domain.rows import record_act
from workbench.errors import Invalid
from workbench.history.actions import Action
from workbench.models import Member

NOUN = "kit_version"


def standing_items(kit: Kit) -> list[dict[str, Any]]:
    """The live items as a version keeps them: keys are stable, numbers and words are of today."""
    live = kit.items.filter(removed_at__isnull=True)
    told = live.order_by("order").values("key", "number", "depth", "text")
    return [dict(each) for each in told]


def publish_kit(*, member: Member, reason: str) -> KitVersion:
    """Freezes the guide as it stands; while it stands unchanged, the same version again.

    Raises Invalid for an empty guide, and without a reason.
    """
    told = reason.strip()
    if not told:
        raise Invalid(_("Say why there is a new version."), code="reason")
    with changing(member):
        kit = kit_of(member)
        items = standing_items(kit)
        if not items:
            raise Invalid(_("The guide is empty."), code="empty")
        last = kit.versions.last()
        if last is not None and (last.title, last.items) == (kit.title, items):
            return last
        version = KitVersion.objects.create(
            kit=kit,
            number=last.number + 1 if last else 1,
            title=kit.title,
            reason=told[:500],
            items=items,
            published_by=member.user,
        )
        record_act(
            member, Action.CREATED, NOUN, version, after={"reason": told[:500], "items": len(items)}
        )
    return version
