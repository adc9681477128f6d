"""The interview guide: its outline, its versions, and how each case adapts it."""

from interviews.domain.kits.adapting import adapt_item, adaptation_of, adaptation_state
from interviews.domain.kits.outline import (
    ITEMS,
    add_items,
    change_item,
    describe_kit,
    kit_of,
    kit_state,
    state_of,
)
from interviews.domain.kits.publishing import publish_kit

__all__ = [
    "ITEMS",
    "adapt_item",
    "adaptation_of",
    "adaptation_state",
    "add_items",
    "change_item",
    "describe_kit",
    "kit_of",
    "kit_state",
    "publish_kit",
    "state_of",
]
