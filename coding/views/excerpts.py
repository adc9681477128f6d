"""The retrieval page: coded excerpts, narrowed by what stands in the address."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView

from coding.domain.queries.excerpts import ExcerptQuery, material_in_order, narrowed
from coding.filters import INDENT, ExcerptFilter
from coding.tables import ExcerptData, ExcerptTable
from workbench.access.permissions import Permission
from workbench.access.views import StudyView

PER_PAGE: Final = 25
PAGE_SIZES: Final = (25, 50, 100, 200)
MOST_NAMED: Final = 3
# A list as long as this is searched rather than read.
SEARCHED_FROM: Final = 12

# How each list of choices continues the sentence on top of the page.
_CLAUSES: Final = {
    "code": gettext_lazy("coded %(names)s"),
    "direction": gettext_lazy("marked “%(names)s”"),
    "case": gettext_lazy("in %(names)s"),
    "document": gettext_lazy("in %(names)s"),
    "kind": gettext_lazy("from %(names)s"),
    "form": gettext_lazy("from %(names)s"),
    "role": gettext_lazy("said by %(names)s"),
    "question": gettext_lazy("in answer to %(names)s"),
    "coder": gettext_lazy("coded by %(names)s"),
}
_COMMON_NOUNS: Final = frozenset({"role", "kind", "form", "direction"})


class ExcerptsView(StudyView, TemplateView):
    permission = Permission.STUDY_READ
    template_name = "coding/excerpts_list.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        material = material_in_order(self.member)
        chosen = ExcerptFilter(request.GET, member=self.member, material=material)
        valid = chosen.is_valid()
        query = chosen.query if valid else ExcerptQuery()
        # Nothing is shown for an address that was not understood: it would look like an answer.
        searched = narrowed(material, query) if valid else []
        data = ExcerptData(self.member, query, searched)
        table = ExcerptTable(data, order_by=request.GET.get("sort", ""))
        _paginate(table, request)
        context = self.get_context_data(
            filter=chosen,
            lists=[_TickList(chosen, name) for name in chosen.TICKED if _offered(chosen, name)],
            table=table,
            valid=valid,
            sentence=sentence(len(data), chosen) if valid else _("Excerpts"),
            chips=chips(chosen) if valid else [],
            export_query=_without(chosen, "page"),
            page_sizes=PAGE_SIZES,
        )
        return self.render_to_response(context, status=200 if valid else 400)


def _paginate(table: ExcerptTable, request: HttpRequest) -> None:
    """Sizes and numbers that make no sense become the nearest that do."""
    try:
        wanted = int(request.GET.get("per_page", PER_PAGE))
    except ValueError:
        wanted = PER_PAGE
    size = min(max(wanted, PAGE_SIZES[0]), PAGE_SIZES[-1])
    last = max(1, -(-len(table.data) // size))
    try:
        number = int(request.GET.get("page", 1))
    except ValueError:
        number = 1
    table.paginate(page=min(max(number, 1), last), per_page=size)


def _offered(chosen: ExcerptFilter, name: str) -> bool:
    """One case, or one coder, is nothing to choose from; material is chosen by its links."""
    return name != "document" and len(chosen.filters[name].extra["choices"]) > 1


class _TickList:
    """One list of choices. Written out by the template: widgets take three times as long."""

    def __init__(self, chosen: ExcerptFilter, name: str) -> None:
        self.name = name
        self.label = chosen.filters[name].label
        ticked = set(chosen.data.getlist(name))
        choices = chosen.filters[name].extra["choices"]
        self.options = [
            (value, label.lstrip(INDENT), value in ticked, label.count(INDENT))
            for value, label in ((value, str(label)) for value, label in choices)
        ]
        self.ticked = sum(option[2] for option in self.options)
        self.is_long = len(self.options) > SEARCHED_FROM


def sentence(count: int, chosen: ExcerptFilter) -> str:
    """What the page shows, in words: 41 excerpts coded Barriers in Tofteby."""
    parts = [ngettext("%(count)s excerpt", "%(count)s excerpts", count) % {"count": count}]
    for name, clause in _CLAUSES.items():
        names = [label for _value, label in chosen.chosen(name)]
        if name in _COMMON_NOUNS:
            names = [_inside_a_sentence(label) for label in names]
        if names:
            parts.append(str(clause) % {"names": _listed(names)})
    asked = chosen.query
    if asked.text:
        parts.append(_("containing “%(text)s”") % {"text": asked.text})
    if asked.since:
        parts.append(_("from %(date)s on") % {"date": asked.since.isoformat()})
    if asked.until:
        parts.append(_("up to %(date)s") % {"date": asked.until.isoformat()})
    return " ".join(parts)


def _inside_a_sentence(label: str) -> str:
    """A label without its capital; HR stays HR."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def _listed(names: list[str]) -> str:
    shown, more = names[:MOST_NAMED], len(names) - MOST_NAMED
    if more > 0:
        others = ngettext("%(count)s other", "%(count)s others", more) % {"count": more}
        shown = [*shown, others]
    if len(shown) == 1:
        return shown[0]
    return _("%(first)s or %(last)s") % {"first": ", ".join(shown[:-1]), "last": shown[-1]}


def chips(chosen: ExcerptFilter) -> list[dict[str, str]]:
    """One chip for each thing chosen, with the address without it."""
    found = [
        {
            "label": f"{chosen.filters[name].label}: {label}",
            "url": f"?{_without(chosen, name, value)}",
        }
        for name in chosen.TICKED
        for value, label in chosen.chosen(name)
    ]
    for name in ("q", "since", "until"):
        if value := chosen.form.cleaned_data[name]:
            label = f"{chosen.filters[name].label}: {value}"
            found.append({"label": label, "url": f"?{_without(chosen, name)}"})
    return found


def _without(chosen: ExcerptFilter, name: str, value: str | None = None) -> str:
    """The query string without a parameter, or without one of its values; from page one."""
    query: QueryDict = chosen.data.copy()
    query.pop("page", None)
    kept = [each for each in query.getlist(name) if value is not None and each != value]
    query.setlist(name, kept)
    return query.urlencode()
