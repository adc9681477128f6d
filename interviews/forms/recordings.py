"""The form of a recording."""

from django import forms
from django.utils.translation import gettext_lazy as _


class RecordingForm(forms.Form):
    # An empty file is refused by the verb, in the same words wherever it comes from.
    file = forms.FileField(
        label=_("Recording"),
        help_text=_("Sound or video: WAV, MP3, M4A, MP4, OGG or WebM."),
        allow_empty_file=True,
        widget=forms.FileInput(
            attrs={"accept": "audio/*,video/*,.wav,.mp3,.m4a,.mp4,.ogg,.opus,.webm"}
        ),
    )
