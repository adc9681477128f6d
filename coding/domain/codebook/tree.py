"""What holds the codebook together: names, keys, order, paths, versions."""

import unicodedata
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from coding.models import Code, CodebookVersion
from workbench.errors import Conflict, Gone, Invalid, Missing
from workbench.models import Member, User

NOUN = "code"
# What a version keeps of each code.
KEPT = ("depth", "name", "brief", "definition", "use_when", "not_when", "example")
MAX_DEPTH = 20
NAME_LENGTH = 120
PATH_LENGTH = 1000
_INVISIBLE = {"Cf", "Cc", "Cs", "Zl", "Zp"}


def clean_name(name: str) -> str:
    """NFC, single spaces, no invisible characters."""
    visible = "".join(c for c in name if unicodedata.category(c) not in _INVISIBLE)
    return " ".join(unicodedata.normalize("NFC", visible).split())


def checked_name(name: str) -> str:
    """The name as it is kept. Raises Invalid `empty` or `too_long`."""
    name = clean_name(name)
    if not name:
        raise Invalid(_("Give the code a name."), code="empty")
    if len(name) > NAME_LENGTH:
        raise Invalid(
            _("A code's name has at most %(length)s characters.") % {"length": NAME_LENGTH},
            code="too_long",
        )
    return name


def name_key(name: str) -> str:
    """What two names must differ in to stand beside each other."""
    return unicodedata.normalize("NFKC", clean_name(name)).casefold()[:NAME_LENGTH]


def any_code(*, member: Member, code_id: UUID) -> Code:
    """A code of the member's study, also a removed one. Raises Missing."""
    code = (
        Code.objects.select_related("parent").filter(pk=code_id, study_id=member.study_id).first()
    )
    if code is None:
        raise Missing
    return code


def code_of(*, member: Member, code_id: UUID) -> Code:
    """A live code of the member's study. Raises Missing, Gone."""
    code = any_code(member=member, code_id=code_id)
    if code.removed_at is not None:
        raise Gone(
            _("The code “%(code)s” has been removed from the codebook.") % {"code": code.name}
        )
    return code


def refuse_taken_name(
    member: Member, name: str, parent: Code | None, *, but: Code | None = None
) -> None:
    taken = Code.objects.filter(
        study_id=member.study_id, parent=parent, name_key=name_key(name), removed_at__isnull=True
    )
    if but is not None:
        taken = taken.exclude(pk=but.pk)
    if existing := taken.first():
        raise Conflict(
            _("There is a code “%(path)s” already.") % {"path": existing.path},
            code="name_taken",
            existing=str(existing.pk),
        )


def path_under(parent: Code | None, name: str) -> str:
    return checked_path(f"{parent.path} / {name}" if parent else name)


def checked_path(path: str) -> str:
    if len(path) > PATH_LENGTH:
        raise Invalid(_("The names from the top down to this code are too long together."))
    return path


def checked_depth(depth: int) -> int:
    if depth > MAX_DEPTH:
        raise Invalid(_("The codebook can be %(depth)s levels deep.") % {"depth": MAX_DEPTH})
    return depth


def reorder(study_id: UUID) -> None:
    """Numbers live codes depth first, and refreshes path and depth after a move or rename.

    Raises Invalid when a path grows too long or the tree too deep.
    """
    codes = list(Code.objects.filter(study_id=study_id, removed_at__isnull=True).order_by("order"))
    children: dict[UUID | None, list[Code]] = {}
    for code in codes:
        children.setdefault(code.parent_id, []).append(code)
    changed: list[Code] = []
    position = 0
    stack = [(code, "", 0) for code in reversed(children.get(None, []))]
    while stack:
        code, above, depth = stack.pop()
        path = checked_path(f"{above} / {code.name}" if above else code.name)
        if (code.order, code.path, code.depth) != (position, path, checked_depth(depth)):
            code.order, code.path, code.depth = position, path, depth
            changed.append(code)
        position += 1
        stack.extend((child, path, depth + 1) for child in reversed(children.get(code.pk, [])))
    Code.objects.bulk_update(changed, ["order", "path", "depth"], batch_size=200)


def next_version(member: Member, *, reason: str) -> CodebookVersion:
    """A change of structure or definition makes a new version of the codebook."""
    return keep_version(study_id=member.study_id, made_by=member.user, reason=reason)


def keep_version(*, study_id: UUID, made_by: User | None, reason: str) -> CodebookVersion:
    """The codebook as it stands now, kept as its next version."""
    last = CodebookVersion.objects.filter(study_id=study_id).aggregate(n=Max("number"))["n"]
    codes = Code.objects.filter(study_id=study_id, removed_at__isnull=True)
    return CodebookVersion.objects.create(
        study_id=study_id,
        number=(last or 0) + 1,
        reason=reason[:300],
        made_by=made_by,
        content=[{**kept, "id": str(kept["id"])} for kept in codes.values("id", *KEPT)],
    )


def checked_reason(reason: str) -> str:
    """Why the codebook changes: what a stranger reads in its history. Raises Invalid `reason`."""
    reason = " ".join(reason.split())
    if not reason:
        raise Invalid(_("Say why."), code="reason")
    return reason[:300]
