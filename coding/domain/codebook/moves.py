"""Moving codes in the tree, and merging one into another."""

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from coding.domain.codebook.codes import hide_code
from coding.domain.codebook.tree import (
    MAX_DEPTH,
    NOUN,
    checked_reason,
    code_of,
    next_version,
    refuse_taken_name,
    reorder,
)
from coding.domain.queries.codebook import live_codes
from coding.models import Code, Coding, Memo
from interviews.domain.arrangements import Move, Row, move, parents
from workbench.domain.changing import changing
from workbench.domain.rows import next_order, record_act
from workbench.errors import Invalid
from workbench.history.actions import Action
from workbench.history.record import next_change_number
from workbench.models import Member

OF_CODING = "coding"


def move_code(*, member: Member, code: Code, way: Move) -> Code:
    """One step: up or down among its siblings, in under the one above, out beside its parent.

    At an edge nothing happens. Raises Conflict `name_taken`, Invalid when the tree gets too deep.
    """
    with changing(member):
        code = code_of(member=member, code_id=code.pk)
        codes = {each.pk: each for each in live_codes(member)}
        rows = [Row(each.pk, each.depth) for each in codes.values()]
        moved = move(rows, code.pk, way, deepest=MAX_DEPTH)
        if moved == rows:
            return code
        parent_id = parents(moved)[code.pk]
        if parent_id != code.parent_id:
            refuse_taken_name(member, code.name, codes[parent_id] if parent_id else None)
        for position, row in enumerate(moved):
            codes[row.key].order = position
        codes[code.pk].parent_id = parent_id
        Code.objects.bulk_update(codes.values(), ["order", "parent"], batch_size=200)
        _finish_move(member, code, parent_id, reason="")
    return code


def place_code(*, member: Member, code: Code, parent: Code | None, reason: str) -> Code:
    """Moves a code with everything under it to the end of another place.

    Raises Invalid `parent` for a place under itself, `reason`, Conflict `name_taken`.
    """
    reason = checked_reason(reason)
    with changing(member):
        code = code_of(member=member, code_id=code.pk)
        parent = code_of(member=member, code_id=parent.pk) if parent is not None else None
        if parent is not None and _is_under(parent, code):
            raise Invalid(_("A code cannot stand under itself."), code="parent")
        if code.parent_id == (parent.pk if parent else None):
            return code
        refuse_taken_name(member, code.name, parent)
        Code.objects.filter(pk=code.pk).update(
            parent=parent, order=next_order(Code.objects.filter(study_id=member.study_id))
        )
        _finish_move(member, code, parent.pk if parent else None, reason=reason)
    return code


def _finish_move(member: Member, code: Code, parent_id: UUID | None, *, reason: str) -> None:
    before = {"parent": str(code.parent_id or ""), "order": code.order}
    reorder(member.study_id)
    code.refresh_from_db()
    record_act(
        member,
        Action.MOVED,
        NOUN,
        code,
        before=before,
        after={"parent": str(parent_id or ""), "order": code.order, "reason": reason},
    )
    next_version(member, reason=reason or code.name)


def _is_under(code: Code, top: Code) -> bool:
    at: Code | None = code
    while at is not None:
        if at.pk == top.pk:
            return True
        at = at.parent
    return False


def merge_codes(*, member: Member, source: Code, target: Code, reason: str) -> Code:
    """Moves the source's codings, children and memos to the target and hides the source.

    Where one person coded the same words with both, the earlier coding stays. Raises Invalid
    `target`, `reason`, Conflict `name_taken` when both have a child of the same name.
    """
    reason = checked_reason(reason)
    with changing(member):
        source, target = (
            code_of(member=member, code_id=source.pk),
            code_of(member=member, code_id=target.pk),
        )
        if _is_under(target, source):
            raise Invalid(_("Choose a code that does not stand under this one."), code="target")
        collapsed = _collapse(member, source, target)
        moved = _move_codings(member, source, target)
        _move_children(member, source, target)
        Memo.objects.filter(noun=NOUN, subject=source.pk).update(subject=target.pk)
        Code.objects.filter(merged_into=source).update(merged_into=target)
        hide_code(source, merged_into=target)
        reorder(member.study_id)
        record_act(
            member,
            Action.MERGED,
            NOUN,
            source,
            before={"codings": [str(pk) for pk in moved]},
            after={
                "into": str(target.pk),
                "collapsed": {str(gone): str(kept) for gone, kept in collapsed.items()},
                "reason": reason,
            },
        )
        next_version(member, reason=reason)
        target.refresh_from_db()
    return target


def _collapse(member: Member, source: Code, target: Code) -> dict[UUID, UUID]:
    """Takes away the later of two codings that become the same; gone -> kept."""
    standing = {
        (coding.excerpt_id, coding.coder_id): coding
        for coding in target.codings.filter(removed_at__isnull=True)
    }
    gone: dict[UUID, UUID] = {}
    later: list[Coding] = []
    for coding in source.codings.filter(removed_at__isnull=True):
        twin = standing.get((coding.excerpt_id, coding.coder_id))
        if twin is None:
            continue
        kept, lost = sorted((coding, twin), key=lambda each: (each.created_at, each.pk))
        gone[lost.pk] = kept.pk
        later.append(lost)
        Memo.objects.filter(noun=OF_CODING, subject=lost.pk).update(subject=kept.pk)
    _touch(member, later, removed=True)
    return gone


def _move_codings(member: Member, source: Code, target: Code) -> list[UUID]:
    codings = list(source.codings.filter(removed_at__isnull=True).order_by("change_number"))
    for coding in codings:
        coding.code = target
    _touch(member, codings)
    return [coding.pk for coding in codings]


def _touch(member: Member, codings: list[Coding], *, removed: bool = False) -> None:
    """Stores them as changed, so that pages that are open elsewhere hear of it."""
    if not codings:
        return
    number = next_change_number(member.study_id, len(codings))
    now = timezone.now()
    for position, coding in enumerate(codings):
        coding.version += 1
        coding.change_number = number + position
        if removed:
            coding.removed_at = now
    Coding.objects.visible_to(member).bulk_update(
        codings, ["code", "version", "change_number", "removed_at"], batch_size=200
    )


def _move_children(member: Member, source: Code, target: Code) -> None:
    last = next_order(Code.objects.filter(study_id=member.study_id))
    children = list(source.children.filter(removed_at__isnull=True))
    for position, child in enumerate(children):
        refuse_taken_name(member, child.name, target)
        child.parent, child.order = target, last + position
    Code.objects.bulk_update(children, ["parent", "order"])
