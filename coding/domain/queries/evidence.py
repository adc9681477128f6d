"""Evidence: which coded passages stand at which points of a case's template, and why."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from coding.domain.queries.passages import CasePassages, Passage, passages_of_case
from coding.models import Code, EvidenceMark, EvidenceRule, QuestionRule
from interviews.enums import AnswerKind
from interviews.models import AnswerMark, Case, TemplatePoint, TemplateSection
from workbench.domain.rows import seal
from workbench.models import Member


@dataclass(frozen=True, slots=True)
class CodeRules:
    """Where a code's excerpts stand: ids of template points and of analysis questions."""

    points: tuple[UUID, ...] = ()
    questions: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage at one point, with what a person did to it there."""

    passage: Passage
    pinned: bool = False
    hidden: bool = False
    order: int | None = None
    note: str = ""

    @property
    def seen(self) -> str:
        """The mark of its note, for the form that changes it."""
        return seal(note_state(self.note))

    @property
    def rank(self) -> tuple[int, int]:
        """Ordered by hand first, then pinned, then the rest."""
        if self.order is not None:
            return 0, self.order
        return (1, 0) if self.pinned else (2, 0)


@dataclass(frozen=True, slots=True)
class PointEvidence:
    point: TemplatePoint
    rows: tuple[Evidence, ...]

    @property
    def shown(self) -> list[Evidence]:
        return [row for row in self.rows if not row.hidden]

    @property
    def hidden(self) -> list[Evidence]:
        return [row for row in self.rows if row.hidden]


@dataclass(frozen=True, slots=True)
class SectionEvidence:
    section: TemplateSection
    points: tuple[PointEvidence, ...]

    @property
    def passages(self) -> dict[UUID, Passage]:
        """The passages shown in the section, each once."""
        return {row.passage.excerpt: row.passage for point in self.points for row in point.shown}

    @property
    def people(self) -> int:
        voices = {voice for passage in self.passages.values() for voice in passage.spoken.voices}
        return sum(not voice.is_interviewer for voice in voices)


@dataclass(frozen=True, slots=True)
class CaseEvidence:
    """All coded passages of a case: at their points, and those that stand at none."""

    sections: tuple[SectionEvidence, ...]
    elsewhere: tuple[Evidence, ...]

    def section(self, key: str) -> SectionEvidence | None:
        return next((each for each in self.sections if each.section.key == key), None)

    def point(self, point_id: UUID) -> PointEvidence | None:
        points = (each for section in self.sections for each in section.points)
        return next((each for each in points if each.point.pk == point_id), None)


def note_state(note: str) -> dict[str, str]:
    return {"note": note}


def rules_state(points: Iterable[UUID], questions: Iterable[UUID] = ()) -> dict[str, list[str]]:
    """What a person changes of a source's own rules in one form."""
    return {"points": sorted(map(str, points)), "questions": sorted(map(str, questions))}


def rules_by_code(study_id: UUID) -> dict[UUID, CodeRules]:
    """Every code's rules; one without its own has those of its nearest ancestor with some.

    Points and questions are inherited apart from each other. Three queries.
    """
    parents = _parents(study_id)
    points, questions = own_points(study_id), own_questions(study_id)
    return {
        code: CodeRules(nearest(code, parents, points), nearest(code, parents, questions))
        for code in parents
    }


def own_points(study_id: UUID) -> dict[UUID, list[UUID]]:
    """code -> the points that its own rules name, in the template's order."""
    return _grouped(_code_rules(study_id).values_list("code_id", "point_id"))


def points_of_codes(study_id: UUID, code_ids: Iterable[UUID]) -> list[tuple[str, str]]:
    """(section title, point text) of the points that the codes feed, in the template's order.

    The answer to every save carries it: one query, and a second where a code inherits.
    """
    codes = list(code_ids)
    rules = list(
        _code_rules(study_id).values_list(
            "code_id", "point_id", "point__section__title", "point__text"
        )
    )
    own = _grouped((code, point) for code, point, _title, _text in rules)
    inherits = own and any(code not in own for code in codes)
    parents = _parents(study_id) if inherits else {}
    fed = {point for code in codes for point in nearest(code, parents, own)}
    found = {point: (title, text) for _code, point, title, text in rules if point in fed}
    return list(found.values())


def _code_rules(study_id: UUID) -> QuerySet[EvidenceRule]:
    """The live rules by which codes feed points, in the template's order."""
    return EvidenceRule.objects.filter(
        study_id=study_id,
        code__isnull=False,
        point__removed_at__isnull=True,
        point__section__removed_at__isnull=True,
    ).order_by("point__section__order", "point__order")


def _parents(study_id: UUID) -> dict[UUID, UUID | None]:
    return dict(Code.objects.filter(study_id=study_id).values_list("pk", "parent_id"))


def own_questions(study_id: UUID) -> dict[UUID, list[UUID]]:
    """code -> the analysis questions that its own rules name, in their order."""
    rules = QuestionRule.objects.filter(study_id=study_id, question__removed_at__isnull=True)
    return _grouped(rules.order_by("question__order").values_list("code_id", "question_id"))


def _grouped(pairs: Iterable[tuple[UUID | None, UUID]]) -> dict[UUID, list[UUID]]:
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for source, target in pairs:
        if source is not None:
            found[source].append(target)
    return found


def nearest(
    code: UUID, parents: Mapping[UUID, UUID | None], own: Mapping[UUID, list[UUID]]
) -> tuple[UUID, ...]:
    """What the code has of its own, else what its nearest ancestor with something has."""
    at: UUID | None = code
    while at is not None:
        if at in own:
            return tuple(own[at])
        at = parents.get(at)
    return ()


def evidence_of_case(member: Member, case: Case) -> CaseEvidence:
    """The evidence of a case, in a fixed number of queries.

    A passage stands at a point when a coding on it has a code with a rule there; or it is
    coded and a turn it touches answers a guide question, or its document is of a kind, with a
    rule there; or a person pinned it there.
    """
    sections = list(
        TemplateSection.objects.filter(template__study_id=member.study_id, removed_at__isnull=True)
    )
    points = TemplatePoint.objects.filter(section__in=sections, removed_at__isnull=True)
    codes = {code.pk: code for code in Code.objects.filter(study_id=member.study_id)}
    found = passages_of_case(member, case, codes)
    at_points = _at_points(found, case, _Rules(member.study_id, codes, case))
    position = {passage.excerpt: place for place, passage in enumerate(found.passages)}
    placed = {excerpt for rows in at_points.values() for excerpt in rows}
    by_section: dict[UUID, list[PointEvidence]] = defaultdict(list)
    for point in points:
        rows = sorted(
            at_points.get(point.pk, {}).values(),
            key=lambda row: (row.rank, position[row.passage.excerpt]),
        )
        by_section[point.section_id].append(PointEvidence(point, tuple(rows)))
    return CaseEvidence(
        sections=tuple(SectionEvidence(each, tuple(by_section[each.pk])) for each in sections),
        elsewhere=tuple(
            Evidence(each) for each in found.passages if each.codes and each.excerpt not in placed
        ),
    )


def _at_points(
    found: CasePassages, case: Case, rules: "_Rules"
) -> dict[UUID, dict[UUID, Evidence]]:
    """point -> excerpt -> the passage there: by rule, or pinned by a person."""
    marks: dict[UUID, dict[UUID, EvidenceMark]] = defaultdict(dict)
    for mark in EvidenceMark.objects.filter(case=case):
        excerpt = found.stands_for.get(mark.excerpt_id)
        if excerpt is not None:
            marks[excerpt][mark.point_id] = mark
    at_points: dict[UUID, dict[UUID, Evidence]] = defaultdict(dict)
    for passage in found.passages:
        here = marks.get(passage.excerpt, {})
        pinned = {point for point, mark in here.items() if mark.pinned}
        for point in rules.points_of(passage) | pinned:
            at_points[point][passage.excerpt] = _evidence(passage, here.get(point))
    return at_points


def _evidence(passage: Passage, mark: EvidenceMark | None) -> Evidence:
    if mark is None:
        return Evidence(passage)
    return Evidence(passage, mark.pinned, mark.hidden, mark.order, mark.note)


class _Rules:
    """What brings a passage to a point, apart from a person."""

    def __init__(self, study_id: UUID, codes: Mapping[UUID, Code], case: Case) -> None:
        parents = {pk: code.parent_id for pk, code in codes.items()}
        points = own_points(study_id)
        self._by_code = {code: nearest(code, parents, points) for code in parents}
        self._by_item: dict[UUID, list[UUID]] = defaultdict(list)
        self._by_kind: dict[str, list[UUID]] = defaultdict(list)
        rest = EvidenceRule.objects.filter(study_id=study_id, code__isnull=True)
        for item, kind, point in rest.values_list("item_id", "document_kind", "point_id"):
            if kind:
                self._by_kind[kind].append(point)
            else:
                self._by_item[item].append(point)
        self._items_of_turn = _grouped(
            AnswerMark.objects.filter(document__case=case)
            .exclude(kind=AnswerKind.NOTHING_SAID)
            .values_list("turn_id", "item_id")
        )

    def points_of(self, passage: Passage) -> set[UUID]:
        if not passage.codes:
            return set()
        points = set(self._by_kind.get(passage.kind, ()))
        for code in passage.codes:
            points.update(self._by_code[code.id])
        for turn in passage.spoken.turns:
            for item in self._items_of_turn.get(turn.id, ()):
                points.update(self._by_item.get(item, ()))
        return points
