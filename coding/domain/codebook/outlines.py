"""A codebook pasted as an outline becomes codes."""

from collections.abc import Sequence

from coding.domain.codebook.codes import add_code
from coding.domain.codebook.tree import checked_name, name_key
from coding.enums import CodeOrigin
from coding.models import Code
from interviews.formats.outlines import OutlineLine
from workbench.domain.changing import changing
from workbench.models import Member


def add_outline(*, member: Member, lines: Sequence[OutlineLine]) -> list[Code]:
    """Adds what is new of the outline, all or nothing; a name that stands there already is used.

    Raises Invalid for a name that cannot be one.
    """
    made: list[Code] = []
    with changing(member):
        live = Code.objects.filter(study_id=member.study_id, removed_at__isnull=True)
        known = {(code.parent_id, code.name_key): code for code in live}
        above: list[Code] = []
        for line in lines:
            del above[line.depth :]
            parent = above[-1] if above else None
            place = (parent.pk if parent else None, name_key(checked_name(line.text)))
            if place not in known:
                known[place] = add_code(
                    member=member, name=line.text, parent=parent, origin=CodeOrigin.A_PRIORI
                )
                made.append(known[place])
            above.append(known[place])
    return made
