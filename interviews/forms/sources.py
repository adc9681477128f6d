"""Forms of sources, and of what the search misses."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from interviews.domain.queries.labels import SOURCE_KINDS
from interviews.domain.sources import SourceFacts
from interviews.enums import SourceKind
from interviews.forms.choices import choices_of, date_field
from interviews.models import Source
from workbench.forms.seen import SeenForm
from workbench.models import Study


class SourceForm(SeenForm):
    name = forms.CharField(
        label=_("Who or what was asked"),
        max_length=200,
        help_text=_("A network, a council, a person’s office, a database."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=choices_of(SOURCE_KINDS))
    referred_by = forms.ChoiceField(
        label=_("Led to by"),
        required=False,
        help_text=_("The source that pointed to this one. It makes the chain."),
    )
    asked = forms.CharField(
        label=_("What was asked"),
        max_length=500,
        required=False,
        help_text=_("For a search its words and where it was made."),
    )
    asked_on = date_field(_("Asked on"))
    answer = forms.CharField(
        label=_("What came back"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3, "data-autosize": True}),
    )

    def __init__(
        self, *args: Any, study: Study, source: Source | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        others = Source.objects.filter(study=study, removed_at__isnull=True)
        if source is not None:
            others = others.exclude(pk=source.pk)
        self._others = {str(each.pk): each for each in others}
        choice: Any = self.fields["referred_by"]
        choice.choices = [
            ("", _("Nobody: the search began here")),
            *((pk, each.name) for pk, each in self._others.items()),
        ]

    def facts(self) -> SourceFacts:
        data = self.cleaned_data
        return SourceFacts(
            name=data["name"],
            kind=SourceKind(data["kind"]),
            asked=data["asked"],
            asked_on=data["asked_on"],
            answer=data["answer"],
            referred_by=self._others.get(data["referred_by"]),
        )


class BiasForm(SeenForm):
    text = forms.CharField(
        label=_("What this way of searching misses"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "data-autosize": True}),
        help_text=_("Printed with every total. One sentence or two."),
    )
