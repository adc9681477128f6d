"""What field work tells those who build on it; sent inside the transaction, with `send`."""

from django.dispatch import Signal

document_revised = Signal()
"""The text was corrected: `member`, `document`, `base` and `revision` (rows, the new one not yet
current), `script` (an `EditScript` from the one text to the other)."""
