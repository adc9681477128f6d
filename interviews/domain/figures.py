"""What the verbs of measurements and key figures share."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from interviews.models import Case
from interviews.models.figures import first_day
from workbench.domain.rows import standing
from workbench.errors import Invalid
from workbench.models import Member

FIELDS: Final = ("group", "value", "value_text", "date", "date_text", "caveat")
# History tells that these changed, not what they say.
QUIET: Final = frozenset({"caveat", "source", "asked", "norm_source"})
_LENGTHS: Final = (0, len("2011"), len("2011-11"), len("2011-11-14"))


@dataclass(frozen=True, kw_only=True)
class FigureFacts:
    """`date` is a year, a month or a day, e.g. “2011-11”; `date_text` and `value_text` are what
    is printed where the date or the value alone would say too much."""

    group: str = ""
    value: Decimal | None = None
    value_text: str = ""
    date: str = ""
    date_text: str = ""
    caveat: str = ""


def refuse_unclear(facts: FigureFacts) -> None:
    """Raises Invalid without a value, or for a date that is no year, month or day."""
    if facts.value is None and not facts.value_text:
        raise Invalid(_("Give the value."), code="value")
    if not _is_date(facts.date):
        raise Invalid(_("Write a date as 2011, 2011-11 or 2011-11-14."), code="date")


def _is_date(date: str) -> bool:
    try:
        first_day(date)
    except ValueError:
        return False
    return len(date) in _LENGTHS


def standing_case(member: Member, case: Case | None) -> Case | None:
    """Raises Missing for a case that is hidden by now or another study's."""
    return None if case is None else standing(member, case)
