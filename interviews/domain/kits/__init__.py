"""The interview guide: its outline, and how each case adapts it."""

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
    "state_of",
]
