"""Measurements and key figures as a case description cites them: never without date and caveat."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import ngettext, override

from coding.enums import CitationMode
from interviews.domain.queries.measurements import key_figures_of, measured_in_case
from interviews.models import Case, KeyFigure, Measurement
from workbench.models import Member

Figure = Measurement | KeyFigure


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure that can be cited, as it would be printed, and the numbers that cite it now."""

    mode: CitationMode
    figure: Figure
    printed: str
    name: str
    used_in: tuple[int, ...]


def figures_of_case(
    member: Member, case: Case, used_in: Mapping[UUID, tuple[int, ...]]
) -> list[FigureRow]:
    """What the case has to cite besides what was said; `used_in` by figure. Two queries."""
    measurements = [row for each in measured_in_case(case) for row in each.rows]
    figures: list[Figure] = [*measurements, *key_figures_of(member, case)]
    language = member.study.language
    return [
        FigureRow(
            mode_of(figure),
            figure,
            printed_figure(figure, language),
            figure_name(figure),
            used_in.get(figure.pk, ()),
        )
        for figure in figures
    ]


def mode_of(figure: Figure) -> CitationMode:
    is_measured = isinstance(figure, Measurement)
    return CitationMode.MEASUREMENT if is_measured else CitationMode.KEY_FIGURE


def printed_figure(figure: Figure, language: str) -> str:
    """`11.92 points (November 2011; internal survey)`, in the study's language."""
    unit = figure.instrument.unit if isinstance(figure, Measurement) else figure.unit
    with override(language):
        said = [figure.shown_date, figure.group]
        if isinstance(figure, Measurement) and figure.n is not None:
            answers = ngettext("%(number)s answer", "%(number)s answers", figure.n)
            said.append(answers % {"number": figure.n})
        said.append(figure.caveat)
        value = " ".join(part for part in (figure.shown_value, unit) if part)
    return f"{value} ({'; '.join(part for part in said if part)})"


def figure_name(figure: Figure) -> str:
    """What it is a figure of, as the list of sources says it."""
    if isinstance(figure, Measurement):
        return figure.instrument.name
    return f"{figure.name}, {figure.source}"
