"""Buttons that put right who spoke, where a turn ends and what it answers."""

from abc import abstractmethod
from collections.abc import Callable

from django.http import HttpResponse

from interviews.domain import intakes
from interviews.formats import corrections
from interviews.formats.corrections import Turns
from interviews.forms.corrections import (
    AnswerForm,
    EditsForm,
    LabelForm,
    MannerForm,
    SaidForm,
    SplitForm,
    UnanswerForm,
)
from interviews.forms.intakes import row_prefix, speaker_prefix
from interviews.views.intakes.files import FileAct

Change = Callable[[Turns], Turns]


class FileChange(FileAct):
    """A button that changes the turns the page had seen."""

    def edits(self) -> int:
        form = EditsForm(self.request.POST, prefix=row_prefix(self.file.pk))
        return int(self.told(form)["edits"])

    def at_file(self) -> HttpResponse:
        return self.stay(f"file-{self.file.pk.hex}")


class SpeakerRenameView(FileChange):
    def act(self) -> HttpResponse:
        labels = self.told(label_form(self))
        intakes.rename_speaker(
            member=self.member,
            intake_id=self.file.pk,
            edits=self.edits(),
            old=labels["label"],
            new=labels["rename"],
        )
        return self.at_file()


class SpeakerWordsView(FileChange):
    """The label is no speaker: what it said goes back into the words."""

    def act(self) -> HttpResponse:
        label = self.told(label_form(self))["label"]
        intakes.correct(
            member=self.member,
            intake_id=self.file.pk,
            edits=self.edits(),
            change=lambda turns: corrections.join_label_back(turns, label),
        )
        return self.at_file()


def label_form(page: FileChange) -> LabelForm:
    prefix = speaker_prefix(page.file.pk, page.kwargs["speaker"])
    return LabelForm(page.request.POST, prefix=prefix)


class TurnOpenView(FileAct):
    """Shows the tools of one turn."""

    def act(self) -> HttpResponse:
        return at_turn(self, self.kwargs["turn"])


def at_turn(page: FileAct, turn: int) -> HttpResponse:
    """The page at that turn with its tools open, so that one can go on with it."""
    return page.stay(f"turn-{turn}", open=str(page.file.pk), turn=str(turn))


class TurnChange(FileChange):
    """Changes turns around one; afterwards the turn `step` places on has its tools open."""

    step = 0

    @property
    def turn(self) -> int:
        return int(self.kwargs["turn"])

    @abstractmethod
    def change(self) -> Change:
        """What the button does to the turns. Raises Invalid when it does not say it."""

    def act(self) -> HttpResponse:
        intakes.correct(
            member=self.member, intake_id=self.file.pk, edits=self.edits(), change=self.change()
        )
        return self.after()

    def after(self) -> HttpResponse:
        return at_turn(self, max(self.turn + self.step, 0))


class TurnJoinView(TurnChange):
    step = -1

    def change(self) -> Change:
        return lambda turns: corrections.join_with_previous(turns, self.turn)


class TurnSplitView(TurnChange):
    step = 1

    def change(self) -> Change:
        at = self.told(SplitForm(self.request.POST))["at"]
        return lambda turns: corrections.split_turn(turns, self.turn, at)


class TurnSaidView(TurnChange):
    def change(self) -> Change:
        told = self.told(SaidForm(self.request.POST, prefix="said"))
        label = corrections.clean_label(told["new"] or told["by"])
        return lambda turns: corrections.say_by(turns, self.turn, label)


class TurnMannerView(TurnChange):
    def change(self) -> Change:
        manner = self.told(MannerForm(self.request.POST))["manner"]
        return lambda turns: corrections.in_manner(turns, self.turn, manner)

    def after(self) -> HttpResponse:
        return self.stay(f"turn-{self.turn}")


class TurnAnswerView(TurnChange):
    def change(self) -> Change:
        told = self.told(AnswerForm(self.request.POST, prefix="answer"))
        item, kind = str(told["item"]), told["kind"]
        return lambda turns: corrections.answering(turns, self.turn, item, kind)


class TurnUnanswerView(TurnChange):
    def change(self) -> Change:
        item = str(self.told(UnanswerForm(self.request.POST))["item"])
        return lambda turns: corrections.answering(turns, self.turn, item, None)
