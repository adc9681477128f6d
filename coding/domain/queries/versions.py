"""Versions of a section: who wrote them when, and what changed between any two."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from coding.domain.queries.labels import REVIEW_STEPS
from coding.domain.queries.printing import language_of
from coding.enums import CitationMode, ReviewStepKind
from coding.formats.case_docx import QUOTATION_MARKS
from coding.formats.citations import around_tokens, cited_numbers, replace_tokens, token
from coding.models import CaseDraft, Citation, ReviewStep, SectionVersion
from interviews.models import TemplateSection
from workbench.errors import Missing
from workbench.language.word_diff import Change, word_diff
from workbench.models import User

# Saves of one person closer than this belong to one sitting.
SITTING: Final = dt.timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version without its text; `steps` are the reviews it was read in."""

    number: int
    by: User
    at: dt.datetime
    steps: tuple[ReviewStepKind, ...]
    ends_sitting: bool

    @property
    def state(self) -> str:
        """How far review came with it, in words."""
        return str(REVIEW_STEPS[self.steps[-1]]) if self.steps else ""


@dataclass(frozen=True, slots=True)
class Comparison:
    older: VersionRow | None
    newer: VersionRow
    changes: tuple[Change, ...]

    @property
    def read(self) -> list[tuple[str, list[str]]]:
        """Each stretch: its element, and its text with the citation numbers between.

        Against the empty page nothing is marked.
        """
        tags = {"gone": "del", "new": "ins"} if self.older else {}
        return [(tags.get(c.kind, "span"), around_tokens(c.text)) for c in self.changes]

    @property
    def first_change(self) -> int | None:
        """The place of the first difference, counted from 1; None when both are the same."""
        places = (at for at, change in enumerate(self.changes, 1) if change.kind != "same")
        return next(places, None)


def section_versions(draft: CaseDraft, section: TemplateSection) -> list[VersionRow]:
    """Every version, the newest first. Two queries."""
    versions = list(
        SectionVersion.objects.filter(section_text__draft=draft, section_text__section=section)
        .defer("text")
        .select_related("written_by")
    )
    steps: dict[int, list[ReviewStepKind]] = {}
    for step in ReviewStep.objects.filter(draft=draft):
        number = step.versions.get(section.key)
        if number is not None:
            steps.setdefault(number, []).append(ReviewStepKind(step.kind))
    following: Sequence[SectionVersion | None] = [*versions[1:], None]
    rows = [
        VersionRow(
            number=version.number,
            by=version.written_by,
            at=version.created_at,
            steps=tuple(steps.get(version.number, ())),
            ends_sitting=_ends_sitting(version, later),
        )
        for version, later in zip(versions, following, strict=True)
    ]
    return rows[::-1]


def by_sitting(rows: Sequence[VersionRow]) -> list[list[VersionRow]]:
    """The versions of each sitting, in the order given: the newest first."""
    sittings: list[list[VersionRow]] = []
    for row in rows:
        if row.ends_sitting:
            sittings.append([])
        sittings[-1].append(row)
    return sittings


def compare_versions(
    draft: CaseDraft, section: TemplateSection, rows: Sequence[VersionRow], older: int, newer: int
) -> Comparison:
    """What changed in the text and in the quotes as they are printed.

    An `older` of 0 is the empty page. Raises Missing for unknown numbers.
    """
    by_number = {row.number: row for row in rows}
    if newer not in by_number or (older and older not in by_number):
        raise Missing
    texts = dict(
        SectionVersion.objects.filter(
            section_text__draft=draft, section_text__section=section, number__in=(older, newer)
        ).values_list("number", "text")
    )
    read = {number: _with_quotes(draft, text) for number, text in texts.items()}
    changes = word_diff(read.get(older, ""), read[newer])
    return Comparison(by_number.get(older), by_number[newer], tuple(changes))


def _with_quotes(draft: CaseDraft, text: str) -> str:
    """The text with each quote before its token, as the reader of that version saw it."""
    quotes = dict(
        Citation.objects.filter(
            draft=draft, mode=CitationMode.QUOTE, number__in=cited_numbers(text)
        ).values_list("number", "printed")
    )
    before, after = QUOTATION_MARKS[language_of(draft.study)]
    return replace_tokens(
        text,
        lambda number: (
            f"{before}{quotes[number]}{after} {token(number)}"
            if number in quotes
            else token(number)
        ),
    )


def _ends_sitting(version: SectionVersion, later: SectionVersion | None) -> bool:
    if later is None or later.written_by_id != version.written_by_id:
        return True
    return later.created_at - version.created_at > SITTING
