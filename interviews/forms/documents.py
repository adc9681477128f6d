"""Forms of material: attaching files, writing in place, saying anew what something is."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from interviews.domain.intakes import BUNDLE_SUFFIX
from interviews.domain.queries.labels import ANSWER_KINDS, DOCUMENT_KINDS
from interviews.enums import INTERVIEWER, DocumentKind, Manner
from interviews.formats import SUFFIXES
from interviews.formats.tables import TABLE_SUFFIXES
from interviews.forms.choices import choices_of, date_field
from interviews.models import Case, Interview, Participant
from workbench.enums import Language
from workbench.forms.seen import SeenForm

LANGUAGES = [(Language.DANISH.value, _("Danish")), (Language.ENGLISH.value, _("English"))]
MARKED = "marked"
Choices = list[tuple[str, Any]]


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once. An empty one is no error here: it is listed with its reason."""

    def __init__(self, **kwargs: Any) -> None:
        widget = FilesInput(attrs={"accept": ",".join([*SUFFIXES, *TABLE_SUFFIXES, BUNDLE_SUFFIX])})
        super().__init__(widget=widget, allow_empty_file=True, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        one = super().clean
        files = data if isinstance(data, list | tuple) else [data]
        return [one(file, initial) for file in files or [None]]


class AttachForm(forms.Form):
    chosen = FilesField(
        label=_("Files"),
        help_text=_(
            "Word, OpenDocument, RTF, PDF, web pages, plain text, subtitles, Whisper (JSON) and "
            "oTranscribe, several at once or packed in a ZIP archive."
        ),
    )
    case = forms.ChoiceField(label=_("Case"), required=False)

    def __init__(self, *args: Any, cases: Iterable[Case], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"].choices = [  # type: ignore[attr-defined]
            ("", _("Say it afterwards")),
            *((str(case.pk), case.name) for case in cases),
        ]

    def uploads(self) -> "list[UploadedFile[Any]]":
        return list(self.cleaned_data["chosen"])


class WriteForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[
            (kind.value, DOCUMENT_KINDS[kind])
            for kind in (
                DocumentKind.TRANSCRIPT,
                DocumentKind.NOTES,
                DocumentKind.OBSERVATION,
                DocumentKind.WRITTEN,
            )
        ],
        widget=forms.RadioSelect,
        initial=DocumentKind.NOTES.value,
    )
    case = forms.ChoiceField(label=_("Case"))
    title = forms.CharField(label=_("Title"), max_length=200)
    date = date_field(_("Date"))
    manner = forms.ChoiceField(
        label=_("Whose words are they?"),
        choices=[
            (
                MARKED,
                _("Line by line: [V] before what was said word for word, [P] before the rest"),
            ),
            (Manner.PARAPHRASE.value, _("All of it is in my own words")),
            (Manner.VERBATIM.value, _("All of it is word for word")),
        ],
        widget=forms.RadioSelect,
        initial=MARKED,
        required=False,
        help_text=_("For notes: what is not word for word is never printed as a quote."),
    )
    text = forms.CharField(
        label=_("Text"),
        # Line breaks and spaces at its ends are part of how a text is laid out.
        strip=False,
        max_length=2_000_000,
        widget=forms.Textarea(attrs={"rows": 18, "data-autosize": True}),
        help_text=_("“Name:” at the beginning of a line makes that person the speaker."),
    )

    def __init__(self, *args: Any, cases: Iterable[Case], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"].choices = case_choices(cases)  # type: ignore[attr-defined]

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if not text.strip():
            raise forms.ValidationError(_("There is no text in it."), code="empty")
        return text


class DocumentForm(SeenForm):
    title = forms.CharField(label=_("Title"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=choices_of(DOCUMENT_KINDS))
    interview = forms.ChoiceField(label=_("Interview"), required=False)
    date = date_field(_("Date"))
    language = forms.ChoiceField(
        label=_("Language"), choices=LANGUAGES, help_text=_("Decides where sentences end.")
    )

    def __init__(self, *args: Any, interviews: Iterable[Interview], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["interview"].choices = [  # type: ignore[attr-defined]
            ("", _("None")),
            *interview_choices(interviews),
        ]


class SpeakerForm(forms.Form):
    who = forms.ChoiceField(label=_("Stands for"), required=False)

    def __init__(self, *args: Any, people: Iterable[Participant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = who_choices(people)  # type: ignore[attr-defined]


class TurnAnswerForm(forms.Form):
    """How one turn answers the question that is looked at."""

    kind = forms.ChoiceField(
        choices=[("", _("Not an answer")), *choices_of(ANSWER_KINDS)], required=False
    )


class TurnMarkForm(forms.Form):
    """A question that one turn answers, chosen by its number or words; no kind takes it away."""

    turn = forms.UUIDField()
    item = forms.CharField(max_length=2_000)
    kind = forms.ChoiceField(choices=[("", ""), *choices_of(ANSWER_KINDS)], required=False)


def case_choices(cases: Iterable[Case]) -> Choices:
    return [("", _("Choose")), *((str(case.pk), case.name) for case in cases)]


def interview_choices(interviews: Iterable[Interview]) -> Choices:
    return [(str(talk.pk), f"{talk.number}. {talk.title}") for talk in interviews]


def who_choices(people: Iterable[Participant], extra: Sequence[tuple[str, Any]] = ()) -> Choices:
    return [
        ("", _("Unknown")),
        (INTERVIEWER, _("Interviewer")),
        *((str(person.pk), person.pseudonym) for person in people),
        *extra,
    ]
