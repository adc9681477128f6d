"""The picture of values over time: honest about its scale, silent when there is too little."""

import datetime as dt
from decimal import Decimal

from interviews.domain.queries.charts import BOTTOM, TOP, Value, chart_of


def value(number: str, year: int, series: str = "", note: int = 1) -> Value:
    return Value(series, dt.date(year, 1, 1), Decimal(number), number, note)


SERIES = [value("10.7", 2011), value("11.92", 2012), value("12.3", 2013)]


def test_the_whole_scale_is_shown() -> None:
    chart = chart_of(SERIES, (Decimal(0), Decimal(16)), Decimal("10.2"))
    assert chart is not None
    assert [tick.label for tick in chart.values] == ["0", "4", "8", "12", "16"]
    assert (chart.values[0].at, chart.values[-1].at) == (BOTTOM, TOP)
    assert chart.norm is not None
    assert chart.norm.label == "10,2"
    assert BOTTOM > chart.norm.at > chart.points[0].y > chart.points[2].y > TOP
    assert len(chart.segments) == 2


def test_without_a_scale_it_begins_at_nought() -> None:
    chart = chart_of([value("34", 2003), value("12", 2011)], None, None)
    assert chart is not None
    assert [tick.label for tick in chart.values] == ["0", "10", "20", "30", "40"]
    assert [date.label for date in chart.dates] == ["2003", "2005", "2007", "2009", "2011"]


def test_time_is_true_to_its_length() -> None:
    chart = chart_of([value("1", 2000), value("2", 2001), value("3", 2010)], None, None)
    assert chart is not None
    first, second, last = (point.x for point in chart.points)
    assert abs((second - first) / (last - first) - 0.1) < 0.001


def test_groups_differ_in_shape_and_are_not_joined() -> None:
    rows = [value("1", 2000, "a"), value("2", 2001, "b"), value("3", 2002, "a")]
    chart = chart_of(rows, None, None)
    assert chart is not None
    assert chart.legend == (("a", "circle"), ("b", "square"))
    assert len(chart.segments) == 1


def test_one_value_alone_makes_no_picture() -> None:
    assert chart_of([value("10.7", 2011)], None, None) is None
    assert chart_of([], None, Decimal("10.2")) is None
    assert chart_of([value("0", 2011)], None, Decimal(0)) is not None
    assert chart_of([value("-2", 2011), value("-1", 2011)], None, None) is not None
