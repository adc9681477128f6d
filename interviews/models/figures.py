"""What a measurement and a key figure share: a value, when it held, and of whom."""

import datetime as dt

from django.db import models
from django.utils import dateformat
from django.utils.translation import gettext, pgettext

from interviews.models.cases import Case
from workbench.models import Noun, Study
from workbench.ui.figures import amount


class Figure(Noun):
    study = models.ForeignKey(Study, models.PROTECT, related_name="+")
    # None: of the study as a whole, or of a place that is no case.
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="%(class)ss")
    # Of whom at the case, when not of everybody: a ward, a trade.
    group = models.CharField(max_length=100, blank=True)
    # What can be drawn and counted with.
    value = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    # What is printed when that is not the value alone: "6-8", "about 160", "above average".
    value_text = models.CharField(max_length=100, blank=True)
    # As far as it is known: "2011", "2011-11", "2011-11-14", or nothing.
    date = models.CharField(max_length=10, blank=True)
    # What is printed when that is not the date alone: "2010-2012", "the first year".
    date_text = models.CharField(max_length=100, blank=True)
    caveat = models.TextField(blank=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def shown_value(self) -> str:
        """The value as printed, without its unit."""
        return self.value_text or ("" if self.value is None else amount(self.value))

    @property
    def shown_date(self) -> str:
        """When, as precisely as it is known."""
        return self.date_text or shown_date(self.date) or gettext("not dated")

    @property
    def first_day(self) -> dt.date | None:
        return first_day(self.date)


def has_value() -> models.Q:
    return models.Q(value__isnull=False) | ~models.Q(value_text="")


def first_day(date: str) -> dt.date | None:
    """The first day of a year, a month or a day. Raises ValueError for what is none of them."""
    if not date:
        return None
    year, month, day = (int(part) for part in (date + "-01-01").split("-")[:3])
    return dt.date(year, month, day)


def shown_date(date: str) -> str:
    day = first_day(date)
    if day is None:
        return ""
    formats = {4: "Y", 7: pgettext("date format", "F Y"), 10: pgettext("date format", "j M Y")}
    return dateformat.format(day, formats[len(date)])
