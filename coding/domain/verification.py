"""What must hold of the chain from text to citation; each breach as a line that quotes nothing."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.db.models import F, QuerySet

from coding.formats.citations import cited_numbers
from coding.models import (
    Cell,
    CellCitation,
    Citation,
    Excerpt,
    Placement,
    SectionText,
)
from interviews.models import DocumentRevision
from workbench.models import HistoryEntry


def breaches() -> Iterator[str]:
    yield from _quotes()
    yield from _excerpts()
    yield from _citations()


def _quotes() -> Iterator[str]:
    places = Placement.objects.order_by("revision", "pk").values_list(
        "revision", "excerpt", "start", "end", "quote"
    )
    for revision, group in groupby(places.iterator(), key=lambda place: place[0]):
        text = DocumentRevision.objects.values_list("text", flat=True).get(pk=revision)
        for _revision, excerpt, start, end, quote in group:
            if text[start:end] != quote:
                yield f"excerpt {excerpt}: its quote is not what the text says there"


def _excerpts() -> Iterator[str]:
    nowhere = Excerpt.objects.filter(placements__isnull=True)
    for excerpt in nowhere.order_by("pk").values_list("pk", flat=True):
        yield f"excerpt {excerpt}: it stands in no text"
    moved = Placement.objects.exclude(revision__document=F("excerpt__document"))
    for excerpt in moved.order_by("excerpt").values_list("excerpt", flat=True).distinct():
        yield f"excerpt {excerpt}: it stands in the text of another document"
    told = HistoryEntry.objects.filter(noun="coding").values_list("subject", flat=True)
    in_history = set(told)
    coded = Excerpt.objects.filter(codings__isnull=False).order_by("codings")
    rows = coded.values_list("codings", "codings__document", "document")
    for coding, document, excerpt_document in rows.iterator():
        if document != excerpt_document:
            yield f"coding {coding}: its excerpt is of another document"
        if coding not in in_history:
            yield f"coding {coding}: nothing in history tells of it"


def _citations() -> Iterator[str]:
    for citations in (Citation.objects, CellCitation.objects):
        other = citations.exclude(placement__excerpt=F("excerpt"))
        for citation in other.order_by("pk").values_list("pk", flat=True):
            yield f"citation {citation}: it quotes another excerpt than it names"
    for section in SectionText.objects.order_by("pk").iterator():
        known = Citation.objects.filter(draft=section.draft_id)
        yield from _unknown(f"section text {section.pk}", section.text, known)
    for cell in Cell.objects.order_by("pk").iterator():
        yield from _unknown(f"cell {cell.pk}", cell.text, CellCitation.objects.filter(cell=cell))


def _unknown(where: str, text: str, known: QuerySet[Any]) -> Iterator[str]:
    for number in cited_numbers(text):
        if not known.filter(number=number).exists():
            yield f"{where}: [@{number}] is no citation"
