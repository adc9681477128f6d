"""Tables of field work."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _


class ProjectTable(tables.Table):  # type: ignore[misc]
    """One row per mapped project.

    The columns are heads and orders; `interviews/registry_table.html` writes the cells.
    """

    name = tables.Column(verbose_name=_("Project"))
    level = tables.Column(verbose_name=_("Level"), order_by=("level", "order"))
    councils = tables.Column(verbose_name=_("Councils"), orderable=False)
    sector = tables.Column(verbose_name=_("Sector"))
    funding = tables.Column(verbose_name=_("Funding"))
    period = tables.Column(
        verbose_name=_("Period"), order_by=("period_start", "period_end"), empty_values=()
    )
    status = tables.Column(verbose_name=_("Status"))

    caption = _("Mapped projects")

    class Meta:
        attrs = {"class": "registry"}
        template_name = "interviews/registry_table.html"
