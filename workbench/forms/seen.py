"""A form that knows which state of a row its writer saw."""

from django import forms


class SeenForm(forms.Form):
    """`seen` is the mark of `workbench.domain.rows.seal`; empty for a new row."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def mark(self) -> str | None:
        return self.cleaned_data.get("seen") or None
