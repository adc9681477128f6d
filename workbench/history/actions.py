"""What can happen, and the sentence that history shows for it."""

from enum import StrEnum

from django.utils.translation import pgettext_lazy


class Action(StrEnum):
    CREATED = "created"
    CHANGED = "changed"
    REMOVED = "removed"
    RESTORED = "restored"
    MOVED = "moved"
    MERGED = "merged"
    ATTACHED = "attached"
    REVISED = "revised"
    CODED = "coded"
    RECODED = "recoded"
    UNCODED = "uncoded"
    UNPLACED = "unplaced"
    PLACED = "placed"
    PINNED = "pinned"
    UNPINNED = "unpinned"
    HIDDEN = "hidden"
    SHOWN = "shown"
    ORDERED = "ordered"
    COMMENTED = "commented"
    RESOLVED = "resolved"
    WRITTEN = "written"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    REOPENED = "reopened"
    JOINED = "joined"
    LEFT = "left"
    ACCOUNT_CLOSED = "account_closed"
    ACCOUNT_OPENED = "account_opened"
    INVITED = "invited"
    WITHDRAWN = "withdrawn"
    EXPORTED = "exported"
    COPIED = "copied"
    NAME_KEPT = "name_kept"
    NAME_SEEN = "name_seen"
    NAME_FORGOTTEN = "name_forgotten"


# Whose sentence says what kind of thing it is.
NAMING = frozenset(
    {Action.JOINED, Action.LEFT, Action.ACCOUNT_CLOSED, Action.ACCOUNT_OPENED, Action.EXPORTED}
)
SENTENCES = {
    Action.CREATED: pgettext_lazy("history", "created"),
    Action.CHANGED: pgettext_lazy("history", "changed"),
    Action.REMOVED: pgettext_lazy("history", "removed"),
    Action.RESTORED: pgettext_lazy("history", "restored"),
    Action.MOVED: pgettext_lazy("history", "moved"),
    Action.MERGED: pgettext_lazy("history", "merged"),
    Action.ATTACHED: pgettext_lazy("history", "attached"),
    Action.REVISED: pgettext_lazy("history", "revised"),
    Action.CODED: pgettext_lazy("history", "added"),
    Action.RECODED: pgettext_lazy("history", "changed the code of"),
    Action.UNCODED: pgettext_lazy("history", "removed"),
    Action.UNPLACED: pgettext_lazy("history", "corrected the words of"),
    Action.PLACED: pgettext_lazy("history", "placed"),
    Action.PINNED: pgettext_lazy("history", "pinned"),
    Action.UNPINNED: pgettext_lazy("history", "unpinned"),
    Action.HIDDEN: pgettext_lazy("history", "hid"),
    Action.SHOWN: pgettext_lazy("history", "showed again"),
    Action.ORDERED: pgettext_lazy("history", "ordered"),
    Action.COMMENTED: pgettext_lazy("history", "commented"),
    Action.RESOLVED: pgettext_lazy("history", "resolved"),
    Action.WRITTEN: pgettext_lazy("history", "wrote"),
    Action.SUBMITTED: pgettext_lazy("history", "submitted for review"),
    Action.RETURNED: pgettext_lazy("history", "returned"),
    Action.APPROVED: pgettext_lazy("history", "approved"),
    Action.REOPENED: pgettext_lazy("history", "reopened"),
    Action.JOINED: pgettext_lazy("history", "added to the team"),
    Action.LEFT: pgettext_lazy("history", "took off the team"),
    Action.ACCOUNT_CLOSED: pgettext_lazy("history", "closed the account of"),
    Action.ACCOUNT_OPENED: pgettext_lazy("history", "opened the account of"),
    Action.INVITED: pgettext_lazy("history", "created"),
    Action.WITHDRAWN: pgettext_lazy("history", "withdrew"),
    Action.EXPORTED: pgettext_lazy("history", "exported"),
    Action.COPIED: pgettext_lazy("history", "copied"),
    Action.NAME_KEPT: pgettext_lazy("history", "kept the name of"),
    Action.NAME_SEEN: pgettext_lazy("history", "looked up the name of"),
    Action.NAME_FORGOTTEN: pgettext_lazy("history", "erased the name of"),
}
