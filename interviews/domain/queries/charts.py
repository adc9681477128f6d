"""Values over time as a picture: where everything stands, for a template to draw.

Across, places are in per cent of the width; down, in the picture's own units. So the picture
takes any width and its words keep their size.
"""

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Final

from workbench.ui.figures import amount

TOP, BOTTOM, HEIGHT = 34.0, 190.0, 220
LEFT, RIGHT = 12.0, 88.0
SHAPES: Final = ("circle", "square", "diamond", "triangle")
_TICKS: Final = 4
_STEPS: Final = (1, 2, 2.5, 4, 5, 10)


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a series; `note` is the number of its row in the table under the picture."""

    series: str
    day: dt.date
    value: Decimal
    label: str
    note: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A word at a place; `at` is across for a date, down for a value."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Point:
    x: float
    y: float
    label: str
    note: int
    shape: str


@dataclass(frozen=True, slots=True)
class Segment:
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Chart:
    values: tuple[Mark, ...]
    dates: tuple[Mark, ...]
    points: tuple[Point, ...]
    segments: tuple[Segment, ...]
    norm: Mark | None
    # (name, shape) of each series, when there are several.
    legend: tuple[tuple[str, str], ...]
    height: int = HEIGHT


def chart_of(
    values: Sequence[Value], scale: tuple[Decimal, Decimal] | None, norm: Decimal | None
) -> Chart | None:
    """None for too little to compare: one value without a norm, or nothing.

    The picture shows the whole scale; without one it begins at nought, so that no change looks
    larger than it is.
    """
    if len(values) + (norm is not None) < 2 or not values:
        return None
    low, high, step = _range([each.value for each in values], scale, norm)
    days = _Days([each.day for each in values])

    def down(value: Decimal) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * (float(value) - low) / (high - low), 1)

    series = dict.fromkeys(each.series for each in values)
    shapes = {name: SHAPES[at % len(SHAPES)] for at, name in enumerate(series)}
    points = {
        name: [
            Point(days.across(each.day), down(each.value), each.label, each.note, shapes[name])
            for each in sorted(values, key=lambda each: each.day)
            if each.series == name
        ]
        for name in series
    }
    return Chart(
        values=tuple(Mark(down(tick), amount(tick)) for tick in _ticks(low, high, step)),
        dates=days.years(),
        points=tuple(point for each in points.values() for point in each),
        segments=tuple(
            Segment(one.x, one.y, other.x, other.y)
            for each in points.values()
            for one, other in pairwise(each)
        ),
        norm=None if norm is None else Mark(down(norm), amount(norm)),
        legend=tuple(shapes.items()) if len(series) > 1 else (),
    )


def _range(
    values: Iterable[Decimal], scale: tuple[Decimal, Decimal] | None, norm: Decimal | None
) -> tuple[float, float, float]:
    """Lowest, highest, and the distance between two ticks."""
    shown = [float(each) for each in (*values, *(scale or ()), *([norm] if norm else ()))]
    low, high = min(shown), max(shown)
    if scale is None:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        high = low + 1
    rough = (high - low) / _TICKS
    unit = 10.0 ** math.floor(math.log10(rough))
    step = next(each * unit for each in _STEPS if each * unit >= rough * (1 - 1e-9))
    if scale is None:
        low, high = math.floor(low / step) * step, math.ceil(high / step - 1e-9) * step
    return low, high, step


def _ticks(low: float, high: float, step: float) -> list[Decimal]:
    count = math.floor((high - low) / step + 1e-9)
    return [Decimal(str(round(low + step * at, 6))) for at in range(count + 1)]


class _Days:
    """Days spread over the width, from the first year to the end of the last."""

    def __init__(self, days: Sequence[dt.date]) -> None:
        self._first, self._last = min(days).year, max(days).year
        self._start = dt.date(self._first, 1, 1).toordinal()
        end = max(max(days).toordinal(), dt.date(self._last, 1, 1).toordinal())
        self._length = end - self._start

    def across(self, day: dt.date) -> float:
        if not self._length:
            return (LEFT + RIGHT) / 2
        share = (day.toordinal() - self._start) / self._length
        return round(LEFT + (RIGHT - LEFT) * share, 2)

    def years(self) -> tuple[Mark, ...]:
        """The years, as many as have room."""
        apart = max(1, math.ceil((self._last - self._first) / 6))
        years = range(self._first, self._last + 1, apart)
        return tuple(Mark(self.across(dt.date(year, 1, 1)), str(year)) for year in years)
