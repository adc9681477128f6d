"""A version of the codebook as it stood, and what changed from one to another."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from coding.enums import CodeFate
from coding.models import CodebookVersion
from workbench.errors import Missing
from workbench.language.word_diff import Change, word_diff
from workbench.models import Member

TEXTS: Final[dict[str, str | Promise]] = {
    "brief": _("In brief"),
    "definition": _("Full definition"),
    "use_when": _("Use when"),
    "not_when": _("Not when"),
    "example": _("Example"),
}


@dataclass(frozen=True, slots=True)
class KeptCode:
    """A code as a version kept it; `texts` are those of its definition that were written."""

    id: str
    parent: str
    depth: int
    name: str
    path: str
    texts: dict[str, str]

    @property
    def brief(self) -> str:
        return self.texts.get("brief", "")

    @property
    def rest(self) -> list[tuple[str | Promise, str]]:
        """Label and text of what the brief one leaves open."""
        return [(TEXTS[each], text) for each, text in self.texts.items() if each != "brief"]


@dataclass(frozen=True, slots=True)
class CodeChange:
    """What became of a code; `before` is its old path where it has another now."""

    fate: CodeFate
    code: KeptCode
    before: str = ""
    texts: tuple[tuple[str | Promise, tuple[Change, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """`is_reordered`: codes that both have stand in another order."""

    changes: tuple[CodeChange, ...]
    is_reordered: bool


def versions_of(member: Member) -> QuerySet[CodebookVersion]:
    """Every version without its codes, newest first."""
    return (
        CodebookVersion.objects.filter(study_id=member.study_id)
        .select_related("made_by")
        .defer("content")
        .order_by("-number")
    )


def version_of(*, member: Member, number: int) -> CodebookVersion:
    """A version with its codes. Raises Missing."""
    found = (
        CodebookVersion.objects.select_related("made_by")
        .filter(study_id=member.study_id, number=number)
        .first()
    )
    if found is None:
        raise Missing
    return found


def kept_codes(version: CodebookVersion | None) -> list[KeptCode]:
    """The codes in their order; the codebook before its first version has none."""
    codes: list[KeptCode] = []
    above: list[KeptCode] = []
    for kept in version.content if version else ():
        del above[kept["depth"] :]
        codes.append(_code(kept, above[-1] if above else None))
        above.append(codes[-1])
    return codes


def _code(kept: dict[str, Any], parent: KeptCode | None) -> KeptCode:
    name = kept["name"]
    return KeptCode(
        id=kept["id"],
        parent=parent.id if parent else "",
        depth=kept["depth"],
        name=name,
        path=f"{parent.path} / {name}" if parent else name,
        texts={each: kept[each] for each in TEXTS if kept[each]},
    )


def compare_codebooks(older: Sequence[KeptCode], newer: Sequence[KeptCode]) -> Comparison:
    """New and changed codes in the newer order, then those that are gone."""
    was = {code.id: code for code in older}
    now = {code.id: code for code in newer}
    changes = [
        _changed(was[code.id], code) if code.id in was else CodeChange(CodeFate.NEW, code)
        for code in newer
    ]
    gone = [CodeChange(CodeFate.GONE, code) for code in older if code.id not in now]
    places = {code.id: place for place, code in enumerate(older)}
    order = [places[code.id] for code in newer if code.id in places]
    return Comparison(
        changes=(*(each for each in changes if each is not None), *gone),
        is_reordered=any(one > other for one, other in pairwise(order)),
    )


def _changed(was: KeptCode, now: KeptCode) -> CodeChange | None:
    # Only what is moved itself has another place, not all that stands under it.
    is_elsewhere = (was.parent, was.name) != (now.parent, now.name)
    if not is_elsewhere and was.texts == now.texts:
        return None
    texts = tuple(
        (label, tuple(word_diff(was.texts.get(name, ""), now.texts.get(name, ""))))
        for name, label in TEXTS.items()
        if was.texts.get(name) != now.texts.get(name)
    )
    return CodeChange(CodeFate.CHANGED, now, was.path if is_elsewhere else "", texts)
