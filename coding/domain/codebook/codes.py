"""Single codes: add, define, take out, bring back."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.translation import gettext as _

from coding.domain.codebook.tree import (
    NOUN,
    any_code,
    checked_depth,
    checked_name,
    checked_reason,
    code_of,
    name_key,
    next_version,
    path_under,
    refuse_taken_name,
    reorder,
)
from coding.enums import CodeOrigin
from coding.models import Code, Coding
from coding.models.codebook import COLOURS
from workbench.domain.changing import changing
from workbench.domain.keys import free_key
from workbench.domain.rows import State, next_order, record_act, refuse_outdated
from workbench.errors import Conflict, Gone, Invalid
from workbench.history.actions import Action
from workbench.models import Member

DEFINITION_FIELDS = ("brief", "definition", "use_when", "not_when", "example")
SHORTCUTS = "123456789"
BRIEF_LENGTH = 300


def add_code(
    *,
    member: Member,
    name: str,
    parent: Code | None = None,
    code_id: UUID | None = None,
    key: str = "",
    colour: int | None = None,
    origin: CodeOrigin = CodeOrigin.EMERGENT,
    definition: Mapping[str, str] | None = None,
    shortcut: str = "",
) -> Code:
    """A new code under `parent`; the same id and name again gives the code that is there.

    Raises Conflict `name_taken` naming the existing code, `shortcut_taken`, Invalid, and
    Missing or Gone for the parent.
    """
    with changing(member):
        if code_id is not None and (known := Code.objects.filter(pk=code_id).first()):
            return _known_again(member, known, checked_name(name), parent)
        code = insert_code(
            member=member,
            name=name,
            parent=code_of(member=member, code_id=parent.pk) if parent is not None else None,
            code_id=code_id,
            key=key,
            colour=colour,
            origin=origin,
            definition=definition,
            shortcut=shortcut,
        )
        reorder(member.study_id)
        code.refresh_from_db(fields=["order"])
        next_version(member, reason=code.name)
    return code


def insert_code(
    *,
    member: Member,
    name: str,
    parent: Code | None,
    origin: CodeOrigin,
    code_id: UUID | None = None,
    key: str = "",
    colour: int | None = None,
    definition: Mapping[str, str] | None = None,
    shortcut: str = "",
) -> Code:
    """The code at the end, inside `changing`; order and version are the caller's to make."""
    name = checked_name(name)
    refuse_taken_name(member, name, parent)
    _check_shortcut(member, shortcut)
    code = Code.objects.create(
        id=code_id or uuid4(),
        study_id=member.study_id,
        parent=parent,
        key=key or _free_key(member, name),
        name=name,
        name_key=name_key(name),
        path=path_under(parent, name),
        colour=next_colour(member.study_id, parent) if colour is None else colour,
        origin=origin,
        shortcut=shortcut,
        depth=checked_depth(parent.depth + 1 if parent else 0),
        order=next_order(Code.objects.filter(study_id=member.study_id)),
        **dict(definition or {}),
    )
    record_act(
        member,
        Action.CREATED,
        NOUN,
        code,
        after={"name": name, "parent": str(parent.pk) if parent else "", "key": code.key},
    )
    return code


def _free_key(member: Member, name: str) -> str:
    """A key that no code of the study ever had."""
    taken = set(Code.objects.filter(study_id=member.study_id).values_list("key", flat=True))
    return free_key(name, taken, fallback="code", length=70)


def _known_again(member: Member, known: Code, name: str, parent: Code | None) -> Code:
    same = known.study_id == member.study_id and known.name == name
    if same and known.parent_id == (parent.pk if parent else None):
        return known
    raise Conflict(_("This id is taken."), code="different_request")


def next_colour(study_id: UUID, parent: Code | None) -> int:
    """The parent's colour, or the one used least at the top."""
    if parent is not None:
        return parent.colour
    uses = [0] * COLOURS
    tops = Code.objects.filter(study_id=study_id, parent=None, removed_at__isnull=True)
    for colour in tops.values_list("colour", flat=True):
        uses[colour] += 1
    # 7 and 24 share no factor: neighbours in the list stand far apart on the wheel.
    wheel = [(step * 7) % COLOURS for step in range(COLOURS)]
    return min(wheel, key=lambda colour: uses[colour])


def _check_shortcut(member: Member, shortcut: str, *, but: Code | None = None) -> None:
    if not shortcut:
        return
    if shortcut not in SHORTCUTS or len(shortcut) != 1:
        raise Invalid(_("A shortcut is one of the digits 1 to 9."), code="shortcut")
    taken = Code.objects.filter(
        study_id=member.study_id, shortcut=shortcut, removed_at__isnull=True
    )
    if but is not None:
        taken = taken.exclude(pk=but.pk)
    if existing := taken.first():
        raise Conflict(
            _("%(digit)s is the shortcut of “%(code)s”.")
            % {"digit": shortcut, "code": existing.name},
            code="shortcut_taken",
            existing=str(existing.pk),
        )


def state_of(code: Code) -> dict[str, Any]:
    """What a person changes of a code in one form."""
    return {
        "name": code.name,
        "colour": code.colour,
        "shortcut": code.shortcut,
        **{field: getattr(code, field) for field in DEFINITION_FIELDS},
    }


def define_code(
    *, member: Member, code: Code, reason: str = "", seen: str | None = None, **fields: Any
) -> Code:
    """Changes name, colour, shortcut or any of the definition's fields.

    `seen` is the mark of the state the writer saw. Raises Conflict `version_behind`,
    `name_taken`, `shortcut_taken`, Invalid, Gone.
    """
    with changing(member):
        code = code_of(member=member, code_id=code.pk)
        refuse_outdated(state_of(code), seen)
        wanted = _checked(member, code, fields)
        before = {name: getattr(code, name) for name in wanted}
        changed = {name for name, value in wanted.items() if before[name] != value}
        if not changed:
            return code
        for name in changed:
            setattr(code, name, wanted[name])
        code.name_key = name_key(code.name)
        code.save()
        if "name" in changed:
            reorder(member.study_id)
        _record_definition(
            member, code, before=before, after=wanted, changed=changed, reason=reason
        )
        if changed - {"colour", "shortcut"}:
            next_version(member, reason=reason or code.name)
    return code


def _checked(member: Member, code: Code, fields: State) -> dict[str, Any]:
    wanted = dict(fields)
    if "name" in wanted:
        wanted["name"] = checked_name(wanted["name"])
        refuse_taken_name(member, wanted["name"], code.parent, but=code)
    if wanted.get("colour", 0) not in range(COLOURS):
        raise Invalid(_("Choose one of the colours."), code="colour")
    if len(wanted.get("brief", "")) > BRIEF_LENGTH:
        raise Invalid(
            _("In brief has at most %(length)s characters.") % {"length": BRIEF_LENGTH},
            code="brief",
        )
    _check_shortcut(member, wanted.get("shortcut", ""), but=code)
    return wanted


def _record_definition(
    member: Member, code: Code, *, before: State, after: State, changed: set[str], reason: str
) -> None:
    # Definitions are the codebook's own text, versioned with it; history keeps which changed.
    short = changed - set(DEFINITION_FIELDS)
    record_act(
        member,
        Action.CHANGED,
        NOUN,
        code,
        before={name: before[name] for name in short},
        after={
            **{name: after[name] for name in short},
            "changed": sorted(changed),
            "reason": reason,
        },
    )


def remove_code(*, member: Member, code: Code, reason: str) -> Code:
    """Hides a code without codings and children; others are merged or emptied first.

    Raises Conflict `has_children` or `has_codings`, Invalid `reason`.
    """
    reason = checked_reason(reason)
    with changing(member):
        code = code_of(member=member, code_id=code.pk)
        if code.children.filter(removed_at__isnull=True).exists():
            raise Conflict(_("It has codes under it. Move them first."), code="has_children")
        codings = Coding.objects.visible_to(member).filter(code=code)
        if codings.standing().exists():
            raise Conflict(_("It has codings. Merge it into another code."), code="has_codings")
        if codings.exists():
            # The material may come back, and its codings need their code then.
            raise Conflict(
                _("It has codings in material that was removed. Merge it into another code."),
                code="has_codings",
            )
        hide_code(code)
        record_act(member, Action.REMOVED, NOUN, code, after={"reason": reason})
        next_version(member, reason=reason)
    return code


def hide_code(code: Code, *, merged_into: Code | None = None) -> None:
    """Its shortcut is free again at once."""
    code.removed_at = timezone.now()
    code.shortcut = ""
    code.merged_into = merged_into
    code.save(update_fields=["removed_at", "shortcut", "merged_into"])


def restore_code(*, member: Member, code: Code) -> Code:
    """Brings a removed code back to its place, or to the top when that place is gone.

    Raises Missing, Conflict `name_taken`, Gone for a code that was merged into another.
    """
    with changing(member):
        found = any_code(member=member, code_id=code.pk)
        if found.removed_at is None:
            return found
        if found.merged_into_id is not None:
            raise Gone(_("This code was merged into another; its codings are there now."))
        if found.parent is not None and found.parent.removed_at is not None:
            found.parent = None
        refuse_taken_name(member, found.name, found.parent)
        found.removed_at = None
        found.order = next_order(Code.objects.filter(study_id=member.study_id))
        found.save(update_fields=["removed_at", "parent", "order"])
        reorder(member.study_id)
        record_act(member, Action.RESTORED, NOUN, found)
        next_version(member, reason=found.name)
        found.refresh_from_db()
    return found
