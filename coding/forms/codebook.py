"""Forms of the codebook: a code, where it belongs, what it becomes."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from coding.domain.codebook import BRIEF_LENGTH, NAME_LENGTH, SHORTCUTS
from coding.formats.code_outlines import (
    OutlineCode,
    has_texts,
    has_title,
    may_have_title,
    read_codes,
)
from coding.models import Code
from coding.models.codebook import COLOURS
from interviews.forms.outlines import OutlineForm
from workbench.forms.seen import SeenForm

TEXT_LENGTH = 10_000


def _writing(rows: int = 2) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "data-autosize": True})


class ColourSelect(forms.RadioSelect):
    """Each choice carries its colour, which the style sheet paints."""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(*args, **kwargs)
        option["attrs"]["data-colour"] = option["value"]
        return option


class CodeForm(SeenForm):
    """The six fields of a definition, and how the code looks and is reached."""

    name = forms.CharField(label=_("Name"), max_length=NAME_LENGTH)
    brief = forms.CharField(
        label=_("In brief"),
        required=False,
        max_length=BRIEF_LENGTH,
        help_text=_("One line, shown while coding."),
    )
    definition = forms.CharField(
        label=_("Full definition"), required=False, max_length=TEXT_LENGTH, widget=_writing(3)
    )
    use_when = forms.CharField(
        label=_("Use when"), required=False, max_length=TEXT_LENGTH, widget=_writing()
    )
    not_when = forms.CharField(
        label=_("Not when"), required=False, max_length=TEXT_LENGTH, widget=_writing()
    )
    example = forms.CharField(
        label=_("Example"), required=False, max_length=TEXT_LENGTH, widget=_writing()
    )
    colour = forms.TypedChoiceField(
        label=_("Colour"),
        coerce=int,
        choices=[(colour, str(colour + 1)) for colour in range(COLOURS)],
        widget=ColourSelect,
    )
    shortcut = forms.ChoiceField(
        label=_("Shortcut"), required=False, help_text=_("One key while coding.")
    )
    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=300,
        help_text=_("Stands in the history of the codebook."),
    )

    def __init__(self, *args: Any, codes: list[Code], code: Code | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        taken = {each.shortcut: each.name for each in codes if code is None or each.pk != code.pk}
        self.fields["shortcut"].choices = [  # type: ignore[attr-defined]
            ("", _("No key")),
            *((key, f"{key} · {taken[key]}" if key in taken else key) for key in SHORTCUTS),
        ]


class _CodeChoice(forms.TypedChoiceField):
    """A code by its path; the empty choice is the top of the codebook."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=UUID, empty_value=None, **kwargs)

    def offer(self, codes: list[Code], top: Any = None) -> None:
        offered = [(str(code.pk), code.path) for code in codes]
        self.choices = [("", top), *offered] if top is not None else offered


class NewCodeForm(CodeForm):
    parent = _CodeChoice(label=_("Under"), required=False)
    field_order = ["name", "parent"]

    def __init__(self, *args: Any, codes: list[Code], **kwargs: Any) -> None:
        super().__init__(*args, codes=codes, **kwargs)
        del self.fields["reason"]
        parent = self.fields["parent"]
        assert isinstance(parent, _CodeChoice)
        parent.offer(codes, _("At the top"))


class ReasonForm(forms.Form):
    """Why the codebook changes; kept in its history."""

    reason = forms.CharField(label=_("Why"), max_length=300)


class PlaceForm(ReasonForm):
    parent = _CodeChoice(label=_("Move it under"), required=False)
    field_order = ["parent", "reason"]

    def __init__(self, *args: Any, codes: list[Code], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent = self.fields["parent"]
        assert isinstance(parent, _CodeChoice)
        parent.offer(codes, _("At the top"))


class MergeForm(ReasonForm):
    target = _CodeChoice(label=_("Merge it into"))
    field_order = ["target", "reason"]

    def __init__(self, *args: Any, codes: list[Code], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        target = self.fields["target"]
        assert isinstance(target, _CodeChoice)
        target.offer(codes, _("Choose a code"))


class RulesForm(SeenForm):
    """Where the excerpts of a code stand: points of the template, analysis questions."""

    points = forms.TypedMultipleChoiceField(
        label=_("Points of the case template"),
        required=False,
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
    )
    questions = forms.TypedMultipleChoiceField(
        label=_("Analysis questions"),
        required=False,
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        *args: Any,
        points: list[tuple[str, list[tuple[str, str]]]],
        questions: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["points"].choices = points  # type: ignore[attr-defined]
        self.fields["questions"].choices = questions  # type: ignore[attr-defined]


class CodesForm(OutlineForm):
    """A pasted codebook. How its lines are read is guessed once, shown, and then for the person
    to say."""

    titled = forms.BooleanField(label=_("The first line is a title, not a code"), required=False)
    with_texts = forms.BooleanField(
        label=_("What stands behind a colon or a dash says what the code means"), required=False
    )
    looked = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def codes(self) -> list[OutlineCode]:
        return read_codes(self.lines(), **self._read_as())

    def shown_again(self) -> "CodesForm":
        """The form as it stands below what it adds: only with the questions that it raises."""
        lines = self.lines()
        given = {"outline": self.data["outline"], "looked": True, **self._read_as()}
        again = CodesForm(initial=given)
        if not may_have_title(lines):
            del again.fields["titled"]
        if not has_texts(lines):
            del again.fields["with_texts"]
        return again

    def _read_as(self) -> dict[str, bool]:
        lines = self.lines()
        if self.cleaned_data["looked"]:
            return {name: self.cleaned_data[name] for name in ("titled", "with_texts")}
        return {"titled": has_title(lines), "with_texts": has_texts(lines)}
