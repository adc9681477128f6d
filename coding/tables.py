"""Tables of analysis."""

from collections.abc import Sequence

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _
from django_tables2.data import TableData

from coding.domain.queries.excerpts import CodedExcerpt, ExcerptList, ExcerptQuery, Material, Order
from workbench.models import Member

_ORDERS = {"place": Order.PLACE, "code": Order.CODE, "created": Order.CREATED}


class ExcerptData(TableData):  # type: ignore[misc]
    """What the table shows, read a page at a time in the order that its heads ask for."""

    def __init__(self, member: Member, query: ExcerptQuery, material: Sequence[Material]) -> None:
        super().__init__(data=None)
        self._asked = (member, query, material)
        self._list: ExcerptList | None = None
        self._order, self._descending = Order.PLACE, False

    def order_by(self, aliases: Sequence[str]) -> None:
        """The first head counts."""
        first = next(iter(aliases), "place")
        self._order = _ORDERS[first.lstrip("-")]
        self._descending = first.startswith("-")
        self._list = None

    @property
    def found(self) -> ExcerptList:
        if self._list is None:
            self._list = ExcerptList(*self._asked, order=self._order, descending=self._descending)
        return self._list

    def __len__(self) -> int:
        return len(self.found)

    def __getitem__(self, key: slice) -> list[CodedExcerpt]:
        return self.found.page(key.start or 0, len(self) if key.stop is None else key.stop)


class ExcerptTable(tables.Table):  # type: ignore[misc]
    """One row per coding: an excerpt with two codes stands on two rows.

    The columns are heads and orders; `coding/excerpts_table.html` writes the cells.
    """

    quote = tables.Column(verbose_name=_("Excerpt"), orderable=False, empty_values=())
    code = tables.Column(verbose_name=_("Code"), empty_values=())
    person = tables.Column(verbose_name=_("Person"), orderable=False, empty_values=())
    place = tables.Column(verbose_name=_("Case and interview"), empty_values=())
    created = tables.Column(verbose_name=_("Coded"), empty_values=(), initial_sort_descending=True)

    caption = _("Coded excerpts")

    class Meta:
        attrs = {"class": "excerpts"}
        empty_text = _("Nothing is coded that way.")
        template_name = "coding/excerpts_table.html"
