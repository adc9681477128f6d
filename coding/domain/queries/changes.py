"""The changes feed: what happened to codings and codes since a page was made."""

import base64
import binascii
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from coding.domain.queries.codings import CodingRow, placed_codings
from coding.models import Code, Coding
from workbench.errors import Invalid
from workbench.models import HistoryEntry, Member, User

# A page that slept for long asks again at once; no single answer grows without end.
MOST = 500
CODE = "code"


@dataclass(frozen=True)
class Cursor:
    """How far a page has heard: the last visible change of a coding, and of a code."""

    change: int = 0
    codebook: int = 0

    def __str__(self) -> str:
        return base64.urlsafe_b64encode(f"{self.change}.{self.codebook}".encode()).decode()

    @classmethod
    def parse(cls, text: str) -> "Cursor":
        """Raises Invalid for anything that no answer of ours ever said."""
        if not text:
            return cls()
        try:
            change, codebook = base64.urlsafe_b64decode(text.encode()).decode("ascii").split(".")
            if max(len(change), len(codebook)) > 18:
                raise ValueError
            return cls(int(change), int(codebook))
        except (ValueError, binascii.Error):
            raise Invalid(_("This cursor is not one of ours."), code="bad_cursor") from None


@dataclass(frozen=True)
class Changes:
    """`removed`: codings that stand there no more; `codes` is None when no code changed."""

    cursor: Cursor
    codings: list[CodingRow]
    removed: list[UUID]
    codes: list[Code] | None
    removed_codes: list[UUID]
    coders: list[User]


def cursor_now(member: Member) -> Cursor:
    """The moment from which a page made now has to hear changes."""
    last = (
        Coding.objects.visible_to(member, removed=True)
        .order_by("-change_number")
        .values_list("change_number", flat=True)
        .first()
    )
    return Cursor(last or 0, _last_change_of_a_code(member))


def changes_since(*, member: Member, after: Cursor, document_id: UUID) -> Changes:
    """What changed on the document, and in the codebook, after the cursor; oldest first."""
    code_change = _last_change_of_a_code(member)
    changed = list(
        Coding.objects.visible_to(member, removed=True)
        .filter(document_id=document_id, change_number__gt=after.change)
        .order_by("change_number")
        .values_list("pk", "change_number")[:MOST]
    )
    ids = [pk for pk, _number in changed]
    codings = placed_codings(member=member, document_id=document_id, ids=ids) if ids else []
    standing = {coding.id for coding in codings}
    codes: list[Code] | None = None
    gone: list[UUID] = []
    if code_change != after.codebook:
        known = list(Code.objects.filter(study_id=member.study_id))
        codes = [code for code in known if code.removed_at is None]
        gone = [code.pk for code in known if code.removed_at is not None]
    coders = {coding.coder for coding in codings}
    return Changes(
        cursor=Cursor(changed[-1][1] if changed else after.change, code_change),
        codings=codings,
        removed=[pk for pk in ids if pk not in standing],
        codes=codes,
        removed_codes=gone,
        coders=list(User.objects.filter(pk__in=coders)) if coders else [],
    )


def _last_change_of_a_code(member: Member) -> int:
    # Not the codebook's version: colours and shortcuts change without one.
    told = HistoryEntry.objects.filter(study_id=member.study_id, noun=CODE)
    return told.aggregate(last=Max("number"))["last"] or 0
