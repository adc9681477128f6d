"""Forms of evidence: what a person does with an excerpt at a point."""

from enum import StrEnum
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from workbench.forms.seen import SeenForm


class Act(StrEnum):
    PIN = "pin"
    UNPIN = "unpin"
    HIDE = "hide"
    SHOW = "show"
    UP = "up"
    DOWN = "down"
    NOTE = "note"


class EvidenceForm(SeenForm):
    """`act` is `<act>:<point>:<excerpt>`: one form serves every row of the tray."""

    act = forms.CharField()
    note = forms.CharField(required=False, max_length=5_000)

    def clean_act(self) -> tuple[Act, UUID, UUID]:
        act, _first, rest = self.cleaned_data["act"].partition(":")
        point, _second, excerpt = rest.partition(":")
        try:
            return Act(act), UUID(point), UUID(excerpt)
        except ValueError:
            raise forms.ValidationError(_("That cannot be done here.")) from None
