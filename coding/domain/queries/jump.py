"""What the command palette finds by a few letters: cases, documents, codes and pages."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from coding.models import Code
from interviews.models import Case, Document
from workbench.models import Member

LIMIT: Final = 20


class PlaceKind(StrEnum):
    PAGE = "page"
    CASE = "case"
    DOCUMENT = "document"
    CODE = "code"


@dataclass(frozen=True)
class Place:
    """Somewhere to go, and `within` what it stands.

    `id` is the key of a case, the name of a page, the UUID of a document or code.
    """

    kind: PlaceKind
    id: str | UUID
    label: str
    within: str = ""


def places_of(member: Member) -> Iterator[Place]:
    """Every case, document and code of the study. Three queries."""
    cases = Case.objects.filter(study_id=member.study_id, removed_at__isnull=True)
    for key, name in cases.values_list("key", "name"):
        yield Place(PlaceKind.CASE, key, name)
    documents = Document.objects.filter(
        study_id=member.study_id, removed_at__isnull=True, case__removed_at__isnull=True
    )
    for pk, title, case in documents.values_list("pk", "title", "case__name"):
        yield Place(PlaceKind.DOCUMENT, pk, title, case)
    codes = Code.objects.filter(study_id=member.study_id, removed_at__isnull=True)
    for pk, name, path in codes.values_list("pk", "name", "path"):
        yield Place(PlaceKind.CODE, pk, name, path.rpartition(" / ")[0])


def best(places: Iterable[Place], wanted: str) -> list[Place]:
    """At most 20 places that hold every word of `wanted`, or its letters in their order, the
    closest first.

    Compared in Python: SQLite folds the case of ASCII letters only, and these lists are short.
    """
    words = wanted.casefold().split()
    ranked = [
        (rank, position, place)
        for position, place in enumerate(places)
        if (rank := _rank(place, words)) is not None
    ]
    ranked.sort(key=lambda found: found[:2])
    return [place for _rank, _position, place in ranked[:LIMIT]]


def _rank(place: Place, words: list[str]) -> int | None:
    """0: the label begins so; 1: a word of it does; 2: it stands inside; 3: only around it;
    4: the letters stand in the label in this order."""
    label, around = place.label.casefold(), f"{place.label} {place.within}".casefold()
    if not all(word in around for word in words):
        return 4 if _in_order("".join(words), label) else None
    if not words:
        return 0
    if label.startswith(words[0]):
        return 0
    if any(part.startswith(words[0]) for part in label.split()):
        return 1
    return 2 if words[0] in label else 3


def _in_order(letters: str, text: str) -> bool:
    """Whether the letters can be found one after another, other letters between them."""
    rest = iter(text)
    return all(letter in rest for letter in letters)
