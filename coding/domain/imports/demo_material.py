"""Material of a demo case: files through the real reader, answer marks, codings of two coders."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from django.utils import timezone

from coding.domain.codings import CodingRequest, code_passage
from coding.domain.imports.fixtures import FixtureProblem, Record, demo_id, read_rows
from coding.enums import Direction
from coding.models import Code, Coding
from interviews.domain.answers import mark_answer
from interviews.domain.intakes import Import, import_file
from interviews.domain.intakes.storage import keep
from interviews.enums import AnswerKind, DocumentKind
from interviews.models import Case, Document, Interview, KitItem, Turn
from workbench.models import Member

CODINGS = {"document", "coder", "code", "quote", "direction", "weight", "memo"}
IDENTITY = ("document", "coder", "code", "quote")
ANSWERS = {"document", "quote", "item", "kind"}


@dataclass(frozen=True)
class Passage:
    """[start, end) in code points of a document's text, and the turn it stands in."""

    document: Document
    start: int
    end: int
    turn: Turn


@dataclass
class Material:
    """A case's documents by file name, and what was coded: (document, start, end) -> codings."""

    documents: dict[str, Document]
    turns: dict[str, list[Turn]]
    codings: dict[tuple[UUID, int, int], list[Coding]] = field(default_factory=dict)

    def find(self, name: str, quote: str, file: Path, where: int | str) -> Passage:
        """Where the document says `quote`: once, inside one turn. Raises FixtureProblem."""
        document = self.documents.get(name)
        if document is None or document.current_revision is None:
            raise FixtureProblem(file, where, f"there is no document {name}")
        text = document.current_revision.text
        start = text.find(quote)
        if not quote or start < 0:
            raise FixtureProblem(file, where, f"{name} does not say “{quote}”")
        if text.find(quote, start + 1) >= 0:
            raise FixtureProblem(file, where, f"{name} says “{quote}” more than once")
        end = start + len(quote)
        for turn in self.turns[name]:
            if turn.start <= start and end <= turn.end:
                return Passage(document, start, end, turn)
        raise FixtureProblem(file, where, f"“{quote}” runs over more than one turn of {name}")

    def coded_around(self, passage: Passage) -> tuple[int, int] | None:
        """The shortest coded span that holds the passage."""
        spans = [
            (start, end)
            for document, start, end in self.codings
            if document == passage.document.pk and start <= passage.start and passage.end <= end
        ]
        return min(spans, key=lambda span: span[1] - span[0], default=None)


def attach_material(
    members: Mapping[str, Member],
    case: Case,
    content: Record,
    interviews: Mapping[int, Interview],
    place: Path,
) -> Material:
    """Attaches the case's documents, marks answers and codes; half coded ones stay open."""
    coder = members["coder"]
    documents = {
        each["file"]: _attach(coder, case, each, interviews, place) for each in content["documents"]
    }
    turns = {name: list(document.turns.all()) for name, document in documents.items()}
    material = Material(documents, turns)
    _mark_answers(coder, material, place / "answers.csv")
    _code(members, case, material, place / "codings.csv")
    open_ones = set(content["half_coded"])
    done = [document.pk for name, document in documents.items() if name not in open_ones]
    Document.objects.filter(pk__in=done).update(coded_at=timezone.now())
    return material


def _attach(
    coder: Member, case: Case, each: Record, interviews: Mapping[int, Interview], place: Path
) -> Document:
    path = place / each["file"]
    talk = interviews[each["interview"]] if "interview" in each else None
    kept, stored = keep(coder.study_id, [path.read_bytes()])
    try:
        return import_file(
            member=coder,
            what=Import(
                file=kept,
                name=f"{case.key}-{path.name}",
                sha256=stored.sha256,
                size=stored.size,
                mapping={
                    "case": str(case.pk),
                    "kind": DocumentKind(each["kind"]),
                    "interview": str(talk.pk) if talk else "",
                    "title": each["title"],
                    "date": each["date"],
                    "language": each.get("language", ""),
                },
            ),
        )
    except Exception:
        stored.path.unlink(missing_ok=True)
        raise


def _mark_answers(coder: Member, material: Material, file: Path) -> None:
    items = {
        item.key: item
        for item in KitItem.objects.select_related("kit").filter(kit__study=coder.study)
    }
    marked: dict[tuple[UUID, UUID], str] = {}
    for line, row in read_rows(file, ANSWERS):
        passage = material.find(row["document"], row["quote"], file, line)
        item = items.get(row["item"])
        if item is None or row["kind"] not in set(AnswerKind):
            raise FixtureProblem(file, line, f"no item {row['item']} or kind {row['kind']}")
        if marked.setdefault((passage.turn.pk, item.pk), row["kind"]) != row["kind"]:
            raise FixtureProblem(file, line, "the turn is marked in another way already")
        passage.turn.document = passage.document
        mark_answer(member=coder, turn=passage.turn, item=item, kind=AnswerKind(row["kind"]))


def _code(members: Mapping[str, Member], case: Case, material: Material, file: Path) -> None:
    codes = {code.key: code.pk for code in Code.objects.filter(study_id=case.study_id)}
    weighed: dict[int, list[UUID]] = {}
    for line, row in read_rows(file, CODINGS):
        if row["code"] not in codes or row["coder"] not in members:
            raise FixtureProblem(file, line, f"no code {row['code']} or coder {row['coder']}")
        if row["weight"] not in {"", "1", "2", "3"} or row["direction"] not in {"", *Direction}:
            raise FixtureProblem(file, line, "the weight or the direction is not known")
        passage = material.find(row["document"], row["quote"], file, line)
        revision = passage.document.current_revision_id
        assert revision is not None
        applied = code_passage(
            member=members[row["coder"]],
            request=CodingRequest(
                id=demo_id("coding", case.key, *(row[name] for name in IDENTITY)),
                document=passage.document.pk,
                revision=revision,
                start=passage.start,
                end=passage.end,
                code=codes[row["code"]],
                direction=Direction(row["direction"]) if row["direction"] else None,
                memo=row["memo"],
            ),
        )
        if not applied.created:
            raise FixtureProblem(file, line, "this coding stands here twice")
        if row["weight"]:
            weighed.setdefault(int(row["weight"]), []).append(applied.coding.pk)
        where = (passage.document.pk, passage.start, passage.end)
        material.codings.setdefault(where, []).append(applied.coding)
    # Set with the coding, not changed after it: the rows are this transaction's own.
    for weight, made in weighed.items():
        Coding.objects.visible_to(members["lead"]).filter(pk__in=made).update(weight=weight)
