"""Sources as pages read them: who led to whom, and how many projects each led to."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Q
from django.utils.functional import Promise

from interviews.domain.queries.labels import SOURCE_KINDS
from interviews.enums import SourceKind
from interviews.models import BiasStatement, Source
from workbench.models import Member

DEEPEST_SHOWN: Final = 4


@dataclass(frozen=True)
class Link:
    """A source in the chain; `depth` 0 stands at a beginning. `indent` is as deep as pages go."""

    source: Source
    kind: Promise
    depth: int
    led_to_by: str
    projects: int

    @property
    def indent(self) -> int:
        return min(self.depth, DEEPEST_SHOWN)


def chain(member: Member) -> list[Link]:
    """Each live source after the one that led to it. One query."""
    live = (
        Source.objects.filter(study_id=member.study_id, removed_at__isnull=True)
        .annotate(found=Count("projects", filter=Q(projects__removed_at__isnull=True)))
        # Counting drops the order that these rows have by themselves.
        .order_by("order", "name")
    )
    rows: list[Any] = list(live)
    by_id = {source.pk: source for source in rows}
    below: dict[UUID | None, list[Any]] = defaultdict(list)
    for source in rows:
        # Whoever was led to by a source that is hidden stands at a beginning.
        above = source.referred_by_id if source.referred_by_id in by_id else None
        below[above].append(source)
    links: list[Link] = []
    waiting = [(source, 0) for source in reversed(below[None])]
    while waiting:
        source, depth = waiting.pop()
        above_it = by_id.get(source.referred_by_id) if source.referred_by_id else None
        links.append(
            Link(
                source=source,
                kind=SOURCE_KINDS[SourceKind(source.kind)],
                depth=depth,
                led_to_by=above_it.name if above_it else "",
                projects=source.found,
            )
        )
        waiting.extend((each, depth + 1) for each in reversed(below[source.pk]))
    return links


def removed_sources(member: Member) -> list[Source]:
    hidden = Source.objects.filter(study_id=member.study_id, removed_at__isnull=False)
    return list(hidden.order_by("-removed_at"))


def removed_bias(member: Member) -> list[BiasStatement]:
    hidden = BiasStatement.objects.filter(study_id=member.study_id, removed_at__isnull=False)
    return list(hidden.order_by("-removed_at"))
