"""Buttons of one file."""

from functools import cached_property

from django.http import HttpResponse
from django.shortcuts import redirect

from interviews.domain import intakes
from interviews.forms.corrections import EncodingForm
from interviews.forms.intakes import row_prefix
from interviews.models import Intake
from interviews.tasks import read_later
from interviews.views.intakes.batch import discard
from interviews.views.intakes.page import IntakeAct
from workbench.errors import Missing


class FileAct(IntakeAct):
    @cached_property
    def file(self) -> Intake:
        """The batch's file that the address names. Raises Missing."""
        wanted = self.kwargs["file"]
        found = next((intake for intake in self.files if intake.pk == wanted), None)
        if found is None:
            raise Missing
        return found


class FileDiscardView(FileAct):
    def act(self) -> HttpResponse:
        return discard(self, [self.file])


class FileAgainView(FileAct):
    def act(self) -> HttpResponse:
        intakes.read_again(member=self.member, intake_id=self.file.pk, then=read_later)
        return self.stay()


class FileEncodeView(FileAct):
    def act(self) -> HttpResponse:
        form = EncodingForm(self.request.POST, prefix=row_prefix(self.file.pk))
        intakes.choose_encoding(
            member=self.member,
            intake_id=self.file.pk,
            encoding=self.told(form)["encoding"],
            then=read_later,
        )
        return self.stay()


class FileOpenView(FileAct):
    """Shows the file's first turns, or all of them."""

    whole = False

    def act(self) -> HttpResponse:
        query = {"all": "1"} if self.whole else {}
        return redirect(self.here(f"file-{self.file.pk.hex}", open=str(self.file.pk), **query))
