"""Forms of one button each: what it says of a file, of a speaker or of a turn.

The page's one form sends all fields; each of these takes its own out.
"""

from django import forms
from django.utils.translation import gettext_lazy as _

from interviews.domain.queries.labels import ANSWER_KINDS, MANNERS
from interviews.forms.choices import choices_of

# No interview has as many turns, and no database as large a number.
MOST_TURNS = 1_000_000


class LookForm(forms.Form):
    """What of the page is looked at: the file whose turns are shown, all of them, the one open."""

    open = forms.UUIDField(required=False)
    all = forms.BooleanField(required=False)
    turn = forms.IntegerField(required=False, min_value=0, max_value=MOST_TURNS)


class EditsForm(forms.Form):
    """How many corrections of the file the page had seen."""

    edits = forms.IntegerField(min_value=0, max_value=MOST_TURNS)


class EncodingForm(forms.Form):
    encoding = forms.CharField(required=False, max_length=30)


class LabelForm(forms.Form):
    """A speaker's label as it stands, and another one for it."""

    label = forms.CharField(strip=False)
    rename = forms.CharField(required=False)


class SplitForm(forms.Form):
    at = forms.IntegerField(min_value=1)


class SaidForm(forms.Form):
    """Who says a turn: one of the speakers, or somebody new."""

    by = forms.CharField(required=False, strip=False)
    new = forms.CharField(required=False)


class MannerForm(forms.Form):
    manner = forms.ChoiceField(choices=choices_of(MANNERS))


class AnswerForm(forms.Form):
    item = forms.UUIDField(error_messages={"required": _("Choose the question.")})
    kind = forms.ChoiceField(choices=choices_of(ANSWER_KINDS))


class UnanswerForm(forms.Form):
    item = forms.UUIDField()
