"""The codebook as pages and the API read it: the tree with its counts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count

from coding.domain.queries.evidence import own_points, own_questions, rules_by_code
from coding.models import Code, Coding
from interviews.models import AnalysisQuestion, TemplatePoint
from workbench.models import Member


@dataclass(frozen=True, slots=True)
class Uses:
    """What the member sees of a code's use; a part that is not counted is 0."""

    codings: int = 0
    documents: int = 0
    cases: int = 0
    coders: int = 0


@dataclass(slots=True)
class CodeNode:
    """A code with its uses; `total` counts the codings of everything under it too."""

    code: Code
    uses: Uses
    total: int = 0
    children: list["CodeNode"] = field(default_factory=list)


def coding_counts(member: Member) -> dict[UUID, int]:
    """Codings by code."""
    codings = Coding.objects.visible_to(member).standing()
    return dict(codings.order_by().values_list("code").annotate(n=Count("*")))


def code_uses(member: Member) -> dict[UUID, Uses]:
    """Codings, documents, cases and coders by code, in one query."""
    rows = (
        Coding.objects.visible_to(member)
        .standing()
        .order_by()
        .values_list("code")
        .annotate(
            codings=Count("*"),
            documents=Count("document", distinct=True),
            cases=Count("document__case", distinct=True),
            coders=Count("coder", distinct=True),
        )
    )
    return {code: Uses(*counts) for code, *counts in rows}


def code_tree(member: Member) -> list[CodeNode]:
    """The top codes with everything under them, in the codebook's order."""
    uses = code_uses(member)
    nodes: dict[UUID, CodeNode] = {}
    tops: list[CodeNode] = []
    for code in live_codes(member):
        node = CodeNode(code, uses.get(code.pk, Uses()))
        nodes[code.pk] = node
        parent = nodes.get(code.parent_id) if code.parent_id else None
        (parent.children if parent else tops).append(node)
    for node in reversed(nodes.values()):
        node.total = node.uses.codings + sum(child.total for child in node.children)
    return tops


def walk(nodes: Iterable[CodeNode]) -> Iterator[CodeNode]:
    """Every code as it is read: each with what stands under it, before the next."""
    for node in nodes:
        yield node
        yield from walk(node.children)


def live_codes(member: Member) -> list[Code]:
    """Codes in the codebook's order, parents before children."""
    return list(Code.objects.filter(study_id=member.study_id, removed_at__isnull=True))


def unplaced_codes(member: Member, codes: Iterable[Code]) -> list[Code]:
    """Those of the codes whose excerpts stand at no point and feed no question."""
    rules = rules_by_code(member.study_id)
    return [each for each in codes if not (rules[each.pk].points or rules[each.pk].questions)]


def questions_fed(member: Member, code: Code) -> list[AnalysisQuestion]:
    """The analysis questions that its excerpts feed, by its own rules or an ancestor's."""
    fed = rules_by_code(member.study_id)[code.pk].questions
    return list(AnalysisQuestion.objects.filter(pk__in=fed))


def removed_codes(member: Member) -> list[Code]:
    """Codes that were taken out, the latest first; merged ones say what they became."""
    return list(
        Code.objects.filter(study_id=member.study_id, removed_at__isnull=False)
        .select_related("merged_into")
        .order_by("-removed_at")
    )


@dataclass(frozen=True)
class RuleChoices:
    """What a code can feed, as choices of a form, and what it feeds by rules of its own."""

    points: list[tuple[str, list[tuple[str, str]]]]
    questions: list[tuple[str, str]]
    own_points: list[UUID]
    own_questions: list[UUID]


def rule_choices(member: Member, code: Code) -> RuleChoices:
    """Points by section and questions, in their order."""
    points: dict[str, list[tuple[str, str]]] = {}
    rows = TemplatePoint.objects.filter(
        section__template__study_id=member.study_id,
        removed_at__isnull=True,
        section__removed_at__isnull=True,
    ).order_by("section__order", "order")
    for pk, text, section in rows.values_list("pk", "text", "section__title"):
        points.setdefault(section, []).append((str(pk), text))
    questions = AnalysisQuestion.objects.filter(
        study_id=member.study_id, removed_at__isnull=True
    ).values_list("pk", "title")
    return RuleChoices(
        points=list(points.items()),
        questions=[(str(pk), title) for pk, title in questions],
        own_points=own_points(member.study_id).get(code.pk, []),
        own_questions=own_questions(member.study_id).get(code.pk, []),
    )
