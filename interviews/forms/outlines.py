"""The form for an outline pasted from a word processor."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from interviews.formats.outlines import (
    Headed,
    OutlineLine,
    OutlineProblem,
    OutlineProblemCode,
    read_headed,
    read_outline,
)

CHARACTERS = 200_000


def describe(problem: OutlineProblem) -> str:
    """What is wrong with a text that is no outline, in words."""
    if problem.code == OutlineProblemCode.TOO_MANY_LINES:
        return _("An outline has at most %(limit)s lines. Paste it in two parts.") % {
            "limit": problem.limit
        }
    if problem.code == OutlineProblemCode.LINE_TOO_LONG:
        return _("Line %(line)s is longer than %(limit)s characters.") % {
            "line": problem.line,
            "limit": problem.limit,
        }
    return _("There is nothing to add in it yet.")


class OutlineField(forms.CharField):
    """Text in, lines with their depth out."""

    def __init__(self, *, rows: int = 12, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", CHARACTERS)
        widget = forms.Textarea(attrs={"rows": rows, "data-outline-text": True})
        super().__init__(widget=widget, strip=False, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text.strip() and not self.required:
            return []
        try:
            return read_outline(text)
        except OutlineProblem as problem:
            raise forms.ValidationError(describe(problem)) from problem


class OutlineForm(forms.Form):
    outline = OutlineField(
        label=lazy("Your text"),
        help_text=lazy(
            "Paste it as it is: numbers, letters, bullets and indentation are understood."
        ),
    )

    def lines(self) -> list[OutlineLine]:
        lines: list[OutlineLine] = self.cleaned_data["outline"]
        return lines


class HeadedForm(OutlineForm):
    """An outline whose first lines may be a title and not an entry."""

    # "entries": its first lines are no title. A button of the preview says so.
    head = forms.CharField(required=False, widget=forms.HiddenInput)

    def headed(self) -> Headed:
        if self.cleaned_data["head"] == "entries":
            return Headed([], self.lines())
        return read_headed(self["outline"].value())


class LineForm(OutlineForm):
    """One more entry, typed in place."""

    outline = OutlineField(label=lazy("Text"), rows=2)
