"""Forms of corrected texts."""

from django import forms
from django.utils.translation import gettext_lazy as _

ACCEPT, WAIT, DROP, MOVE = "accept", "wait", "drop", "move"
DECISIONS = (
    (ACCEPT, _("Stands on the corrected words")),
    (WAIT, _("Waits for a decision")),
    (DROP, _("Take the codings away")),
)
LARGEST_NUMBER = 1_000_000


class TurnForm(forms.Form):
    """A turn as it shall read. `id` is made once, so that sending it twice is one correction."""

    text = forms.CharField(
        label=_("What is said"),
        max_length=200_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "class": "is-writing"}),
        error_messages={"required": _("A turn needs at least a word or a dash.")},
    )
    base = forms.UUIDField(widget=forms.HiddenInput)
    id = forms.UUIDField(widget=forms.HiddenInput)


class PlaceForm(forms.Form):
    decision = forms.ChoiceField(choices=[(ACCEPT, ACCEPT), (MOVE, MOVE)], required=True)
    words = forms.CharField(
        label=_("The words it shall stand on"), max_length=10_000, required=False, strip=True
    )


class CompareForm(forms.Form):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as Django's own
        for name in ("from", "to"):
            self.fields[name] = forms.IntegerField(
                required=False, min_value=1, max_value=LARGEST_NUMBER
            )
