"""How a mapped project's values read."""

from django import template
from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from interviews.domain.queries.labels import PROJECT_STATUSES, SECTORS
from interviews.enums import Precision, ProjectStatus, Sector
from interviews.models import MappedProject

register = template.Library()


@register.filter
def sector_word(project: MappedProject) -> str:
    return str(SECTORS[Sector(project.sector)]) if project.sector else ""


@register.filter
def status_word(project: MappedProject) -> str:
    return str(PROJECT_STATUSES[ProjectStatus(project.status)])


@register.filter
def signed(number: int) -> str:
    """A difference with its sign, a true minus: `+2`, `−3`."""
    return f"+{number}" if number > 0 else f"−{-number}" if number < 0 else "0"


@register.filter
def period_read(project: MappedProject) -> str:
    """What the printed period was read as, no more exact than it was printed."""
    if not project.period_precision:
        return _("It cannot be read as dates.")
    shape = {
        Precision.DAY: pgettext("date format", "j M Y"),
        Precision.YEAR: "Y",
    }.get(Precision(project.period_precision), pgettext("date format", "M Y"))
    start, end = (
        dateformat.format(day, shape) if day else "…"
        for day in (project.period_start, project.period_end)
    )
    told = start if start == end else f"{start} – {end}"
    if project.period_approximate:
        return _("Read as about %(period)s.") % {"period": told}
    return _("Read as %(period)s.") % {"period": told}
