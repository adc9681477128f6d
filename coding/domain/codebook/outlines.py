"""A codebook pasted as an outline becomes codes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import ngettext

from coding.domain.codebook.codes import BRIEF_LENGTH, insert_code
from coding.domain.codebook.tree import checked_name, name_key, next_version, reorder
from coding.domain.queries.codebook import live_codes
from coding.enums import CodeOrigin
from coding.formats.code_outlines import OutlineCode
from coding.models import Code
from workbench.domain.changing import changing
from workbench.models import Member

# The keys of a code's name and of the names above it.
Place = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pasted:
    """A line of the outline; `is_there` says that the codebook has its code already."""

    code: OutlineCode
    place: Place
    is_there: bool


def look_at_outline(member: Member, codes: Sequence[OutlineCode]) -> list[Pasted]:
    """What pasting them would add. Raises Invalid for a name that cannot be one."""
    return list(_placed(codes, set(_known(member))))


def add_outline(*, member: Member, codes: Sequence[OutlineCode]) -> list[Code]:
    """Adds what is new of the outline, all or nothing, as one version of the codebook.

    A name that stands there already is used and stays as it is. Raises Invalid for a name that
    cannot be one.
    """
    made: list[Code] = []
    with changing(member):
        known = _known(member)
        for line in _placed(codes, set(known)):
            if line.is_there:
                continue
            text = line.code.text
            known[line.place] = insert_code(
                member=member,
                name=line.code.name,
                parent=known.get(line.place[:-1]),
                origin=CodeOrigin.A_PRIORI,
                definition={"brief" if len(text) <= BRIEF_LENGTH else "definition": text},
            )
            made.append(known[line.place])
        if made:
            reorder(member.study_id)
            reason = ngettext("%(n)s code pasted", "%(n)s codes pasted", len(made))
            next_version(member, reason=reason % {"n": len(made)})
    return made


def _known(member: Member) -> dict[Place, Code]:
    places: dict[object, Place] = {None: ()}
    known = {}
    for code in live_codes(member):
        places[code.pk] = (*places[code.parent_id], code.name_key)
        known[places[code.pk]] = code
    return known


def _placed(codes: Sequence[OutlineCode], known: set[Place]) -> Iterator[Pasted]:
    above: Place = ()
    for code in codes:
        above = (*above[: code.depth], name_key(checked_name(code.name)))
        yield Pasted(code, above, above in known)
        known.add(above)
