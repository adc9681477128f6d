"""Forms of memos: one to write, one to find them again."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from coding.domain.queries.labels import MEMO_KINDS, MEMO_NOUNS
from coding.domain.queries.memos import MemoQuery
from coding.enums import MemoKind
from workbench.forms.seen import SeenForm
from workbench.models import User

TEXT_LENGTH = 100_000
# In the address a noun that is empty would mean "any".
STUDY = "study"


class MemoForm(SeenForm):
    title = forms.CharField(label=_("Title"), required=False, max_length=200)
    text = forms.CharField(
        label=_("Memo"),
        max_length=TEXT_LENGTH,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "data-autosize": True}),
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[(kind.value, label) for kind, label in MEMO_KINDS.items()],
        initial=MemoKind.OBSERVATION,
        widget=forms.RadioSelect,
    )
    private = forms.BooleanField(
        label=_("Only for me"),
        required=False,
        help_text=_("Nobody else reads it, not even a project lead."),
    )


class MemoFilterForm(forms.Form):
    words = forms.CharField(label=_("Words"), required=False, max_length=100)
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("Any kind")), *((k.value, label) for k, label in MEMO_KINDS.items())],
    )
    author = forms.TypedChoiceField(
        label=_("Written by"), required=False, coerce=UUID, empty_value=None
    )
    noun = forms.ChoiceField(
        label=_("On"),
        required=False,
        choices=[
            ("", _("Anything")),
            *((noun or STUDY, label) for noun, label in MEMO_NOUNS.items()),
        ],
    )

    def __init__(self, *args: Any, authors: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["author"].choices = [  # type: ignore[attr-defined]
            ("", _("Anyone")),
            *((str(author.pk), str(author)) for author in authors),
        ]

    @property
    def query(self) -> MemoQuery:
        given = self.cleaned_data
        noun = given["noun"]
        return MemoQuery(
            words=given["words"].strip(),
            kind=given["kind"],
            author=given["author"],
            noun=None if not noun else "" if noun == STUDY else noun,
        )
