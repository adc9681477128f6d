"""Buttons for all files of the batch."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from interviews.domain import intakes
from interviews.domain.queries.intakes import progress_of
from interviews.enums import IntakeState
from interviews.forms.intakes import said_of_shared
from interviews.models import Intake
from interviews.views.intakes.page import IntakeAct
from interviews.views.intakes.rows import row_of
from workbench.errors import Conflict, Invalid


class IntakeSameView(IntakeAct):
    """Fills what the row for all says into every row."""

    def act(self) -> HttpResponse:
        said = said_of_shared(self.request.POST)
        intakes.save_mappings(
            member=self.member, mappings={intake.pk: said for intake in self.files}
        )
        return self.stay()


class IntakeAttachView(IntakeAct):
    """Attaches every file that was read; what one of them lacks does not stop the others."""

    def act(self) -> HttpResponse:
        ready = [intake for intake in self.files if intake.state == IntakeState.READY]
        rows = [row_of(intake, self.offer, self.request.POST) for intake in ready]
        if not all(row.is_valid() for row in rows):
            raise Invalid(_("Nothing was attached yet. Look at the fields marked below."))
        refused = [message for intake in ready if (message := self._attach(intake))]
        attached = len(ready) - len(refused)
        if attached:
            said = ngettext(
                "%(count)s file is attached.", "%(count)s files are attached.", attached
            )
            messages.success(self.request, said % {"count": attached})
        for message in refused:
            messages.error(self.request, message)
        left = progress_of(self.study.pk, self.kwargs["batch"]).total
        return self.leave(self.here() if left else self.material())

    def _attach(self, intake: Intake) -> str:
        """Why the file could not be attached; "" when it was."""
        try:
            intakes.attach_intake(member=self.member, intake_id=intake.pk)
        except (Invalid, Conflict) as error:
            return f"{intake.name}: {error.message}"
        return ""


class IntakeDiscardView(IntakeAct):
    def act(self) -> HttpResponse:
        return discard(self, self.files)


def discard(page: IntakeAct, chosen: list[Intake]) -> HttpResponse:
    intakes.discard_intakes(member=page.member, intake_ids=[intake.pk for intake in chosen])
    if len(chosen) < len(page.files):
        return page.stay()
    messages.success(page.request, _("Thrown away; nothing of it was kept."))
    return page.leave(page.material())
