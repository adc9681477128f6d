"""Filters of the retrieval page: each stands in the address, so that a view is a link."""

from collections.abc import Iterable, Sequence
from typing import Any, Final
from uuid import UUID

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from coding.domain.queries.excerpts import ExcerptQuery, Material
from coding.domain.queries.labels import DIRECTIONS
from coding.models import Code, Coding
from interviews.domain.queries.labels import DOCUMENT_KINDS, INTERVIEW_FORMS, PARTICIPANT_ROLES
from interviews.enums import KitItemKind
from interviews.models import Case, KitItem
from workbench.models import Member, User

Choices = Sequence[tuple[str, Any]]
INDENT: Final = "\u2003"
LONGEST_TEXT: Final = 200


def _choices(labels: dict[Any, Any]) -> Choices:
    return [(value.value, label) for value, label in labels.items()]


def _several(label: Any, choices: Choices = ()) -> Any:
    return django_filters.MultipleChoiceFilter(
        label=label, choices=choices, widget=forms.CheckboxSelectMultiple
    )


class ExcerptFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Reads the address into an `ExcerptQuery`; what it does not know is told, never dropped.

    Codes, cases and guide questions go by their keys or their ids, people and material by
    their ids; `data` has the keys.
    """

    q = django_filters.CharFilter(label=_("Words in the quote"), max_length=LONGEST_TEXT)
    code = _several(_("Code"))
    case = _several(_("Case"))
    role = _several(_("Role"), _choices(PARTICIPANT_ROLES))
    form = _several(_("Form of interview"), _choices(INTERVIEW_FORMS))
    coder = _several(_("Coder"))
    question = _several(_("Guide question"))
    kind = _several(_("Kind of material"), _choices(DOCUMENT_KINDS))
    direction = _several(_("Direction"), _choices(DIRECTIONS))
    document = _several(_("Material"))
    since = django_filters.DateFilter(
        label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = django_filters.DateFilter(
        label=_("To"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    # Shown as tick lists, in this order; the rest have a place of their own.
    TICKED: Final = (
        "code",
        "case",
        "role",
        "form",
        "coder",
        "question",
        "kind",
        "direction",
        "document",
    )

    def __init__(self, data: QueryDict, *, member: Member, material: Iterable[Material]) -> None:
        super().__init__(data, queryset=Coding.objects.visible_to(member))
        self.data = data.copy()
        self._ids: dict[str, dict[str, UUID]] = {}
        self._offer("code", ((c.key, INDENT * c.depth + c.name, c.pk) for c in _codes(member)))
        self._offer("case", ((c.key, c.name, c.pk) for c in _cases(member)))
        self._offer("question", ((i.key, str(i), i.pk) for i in _questions(member)))
        self._offer("coder", ((str(p.pk), str(p), p.pk) for p in _people(member)))
        self._offer("document", ((str(m.id), m.title, m.id) for m in material))

    def _offer(self, name: str, rows: Iterable[tuple[str, str, UUID]]) -> None:
        offered = list(rows)
        self._ids[name] = {key: pk for key, _label, pk in offered}
        keys = {str(pk): key for key, _label, pk in offered}
        self.data.setlist(name, [keys.get(given, given) for given in self.data.getlist(name)])
        self.filters[name].extra["choices"] = [(key, label) for key, label, _pk in offered]

    @property
    def query(self) -> ExcerptQuery:
        """What the address asks for. Only for a filter that is valid."""
        asked = self.form.cleaned_data
        ids = {name: tuple(known[key] for key in asked[name]) for name, known in self._ids.items()}
        return ExcerptQuery(
            codes=ids["code"],
            cases=ids["case"],
            documents=ids["document"],
            coders=ids["coder"],
            items=ids["question"],
            roles=tuple(asked["role"]),
            forms=tuple(asked["form"]),
            kinds=tuple(asked["kind"]),
            directions=tuple(asked["direction"]),
            text=asked["q"],
            since=asked["since"],
            until=asked["until"],
        )

    def chosen(self, name: str) -> list[tuple[str, str]]:
        """(value, label) of what is ticked in one list."""
        labels = dict(self.filters[name].extra["choices"])
        return [(key, str(labels[key]).strip(INDENT)) for key in self.form.cleaned_data[name]]


def _codes(member: Member) -> list[Code]:
    return list(Code.objects.filter(study_id=member.study_id, removed_at__isnull=True))


def _cases(member: Member) -> list[Case]:
    return list(Case.objects.filter(study_id=member.study_id, removed_at__isnull=True))


def _questions(member: Member) -> list[KitItem]:
    items = KitItem.objects.filter(kit__study_id=member.study_id, removed_at__isnull=True)
    return list(items.filter(kind=KitItemKind.QUESTION))


def _people(member: Member) -> list[User]:
    """The team, and those who coded before they left it."""
    team = Member.objects.filter(study=member.study_id).values("user")
    coded = Exists(Coding.objects.visible_to(member).filter(coder=OuterRef("pk")))
    return sorted(User.objects.filter(Q(pk__in=team) | coded), key=str)
