"""Correcting a text without a script: turn by turn, what waits for a place, and what changed."""

from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import FormView, TemplateView

from coding.domain.quarantine import drop_unplaced, place_unplaced
from coding.domain.queries.quarantine import excerpt_in, revisions_of, unplaced_of
from coding.domain.revisions import Corrected, correct_text, look_at_correction
from coding.forms.revisions import ACCEPT, DECISIONS, DROP, CompareForm, PlaceForm, TurnForm
from interviews.domain.anchors import Edit
from interviews.domain.documents import document_of
from interviews.domain.queries.revisions import TurnText, compared, turn_text, turns_told
from interviews.domain.revisions import Correction
from interviews.models import Document
from interviews.tasks import split_later
from workbench.access.permissions import Permission
from workbench.access.views import StudyView
from workbench.errors import Conflict, Invalid, Missing, WorkbenchError


class InText(StudyView):
    """A page about the text of one document."""

    @cached_property
    def document(self) -> Document:
        return document_of(member=self.member, document_id=self.kwargs["document"])

    def address(self, name: str, **more: Any) -> str:
        keys = {"slug": self.study.slug, "document": self.document.pk, **more}
        return reverse(name, kwargs=keys)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{**kwargs, "document": self.document})


class TextView(InText, TemplateView):
    """The turns, each with its way to be corrected."""

    permission = Permission.MATERIAL_WRITE
    template_name = "coding/text_turns.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(turns=turns_told(self.document), **kwargs)


class TurnCorrectView(InText, FormView):  # type: ignore[type-arg]  # not generic at run time
    """One turn to type anew. Saving shows first what is coded on the words that change."""

    permission = Permission.MATERIAL_WRITE
    form_class = TurnForm
    template_name = "coding/text_turn.html"

    @cached_property
    def turn(self) -> TurnText:
        return turn_text(self.document, self.kwargs["number"])

    def get_initial(self) -> dict[str, Any]:
        return {"text": self.turn.text, "base": self.document.current_revision_id, "id": uuid4()}

    def form_valid(self, form: TurnForm) -> HttpResponse:
        said = form.cleaned_data
        turn = turn_text(self.document, self.kwargs["number"], revision=said["base"])
        edits = [Edit(turn.start, turn.end, said["text"].strip())]
        try:
            if "seen" not in self.request.POST:
                look = look_at_correction(
                    member=self.member, document=self.document, base=said["base"], edits=edits
                )
                if look.doubtful:
                    context = self.get_context_data(form=form, look=look, decisions=DECISIONS)
                    return self.render_to_response(context)
            corrected = self._correct(said, edits)
        except Conflict as error:
            if error.code != "revision_behind":
                raise
            return self._both_versions(form, error)
        except Invalid as error:
            form.add_error("text", str(error.message))
            return self.form_invalid(form)
        messages.success(self.request, told(corrected))
        if corrected.unplaced:
            return redirect(self.address("quarantine"))
        return redirect(f"{self.address('document')}#turn-{turn.number}")

    def _correct(self, said: dict[str, Any], edits: list[Edit]) -> Corrected:
        return correct_text(
            member=self.member,
            document=self.document,
            correction=Correction(said["id"], said["base"], tuple(edits)),
            then=split_later,
            accept=self._decided(ACCEPT),
            drop=self._decided(DROP),
        )

    def _decided(self, decision: str) -> list[UUID]:
        """The excerpts for which the person chose that; each choice is named by its excerpt."""
        found = []
        for name, chosen in self.request.POST.items():
            if name.startswith("excerpt-") and chosen == decision:
                try:
                    found.append(UUID(name.removeprefix("excerpt-")))
                except ValueError:
                    raise Invalid from None
        return found

    def _both_versions(self, form: TurnForm, error: Conflict) -> HttpResponse:
        """The stored text beside the person's own, which saving once more puts in its place."""
        form.data = {
            "text": form.data["text"],
            "base": error.details["revision"],
            "id": str(uuid4()),
        }
        context = self.get_context_data(form=form, both=error.details["turns"][0])
        return self.render_to_response(context, status=409)

    def form_invalid(self, form: TurnForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(turn=self.turn, **kwargs)


def told(corrected: Corrected) -> str:
    """What became of the text, in one sentence."""
    waiting = corrected.unplaced
    if not waiting:
        return _("The text is corrected. Everything coded stands on its words.")
    return ngettext(
        "The text is corrected. %(count)s passage waits for its place.",
        "The text is corrected. %(count)s passages wait for their place.",
        waiting,
    ) % {"count": waiting}


class QuarantineView(InText, TemplateView):
    """What was coded on words that were corrected: old words beside new ones."""

    permission = Permission.STUDY_READ
    write_permission = Permission.CODINGS_WRITE
    template_name = "coding/text_quarantine.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = unplaced_of(self.member, self.document)
        refused, form = kwargs.pop("refused", None), kwargs.pop("form", None)
        forms = [
            (row, form if refused == row.excerpt else PlaceForm(auto_id=f"{row.excerpt.hex}-%s"))
            for row in rows
        ]
        return super().get_context_data(
            rows=forms, may_place=self.may(Permission.CODINGS_WRITE), **kwargs
        )


class QuarantineDecideView(QuarantineView):
    """Accepts the proposed words, finds the typed ones, or takes the codings away."""

    permission = Permission.CODINGS_WRITE

    def post(self, request: HttpRequest, slug: str, document: UUID, excerpt: UUID) -> HttpResponse:
        form = PlaceForm(request.POST, auto_id=f"{excerpt.hex}-%s")
        row = next(
            (each for each in unplaced_of(self.member, self.document) if each.excerpt == excerpt),
            None,
        )
        if row is None:
            return self._decided_already(excerpt)
        try:
            if request.POST.get("decision") == DROP:
                drop_unplaced(member=self.member, excerpt_id=excerpt)
                messages.success(request, _("The codings are taken away. History keeps them."))
                return redirect(self.address("quarantine"))
            if not form.is_valid():
                raise Invalid
            self._place(excerpt, *self._chosen(form, (row.now.start, row.now.end)))
        except WorkbenchError as error:
            if isinstance(error, Missing):
                raise
            form.is_valid()
            form.add_error("words", str(error.message))
            context = self.get_context_data(refused=excerpt, form=form)
            return self.render_to_response(context, status=error.status)
        messages.success(request, _("The codings stand on the words that you chose."))
        return redirect(self.address("quarantine"))

    def _decided_already(self, excerpt: UUID) -> HttpResponse:
        """By somebody else meanwhile, or by a second click. Raises Missing for a foreign one."""
        found = excerpt_in(self.member, excerpt)
        if found is None or found.document_id != self.document.pk:
            raise Missing
        messages.info(self.request, _("These words wait no longer."))
        return redirect(self.address("quarantine"))

    def _chosen(self, form: PlaceForm, proposed: tuple[int, int]) -> tuple[int, int]:
        words = form.cleaned_data["words"]
        if form.cleaned_data["decision"] == ACCEPT:
            return proposed
        revision = self.document.current_revision
        assert revision is not None
        count = revision.text.count(words) if words else 0
        if count == 0:
            raise Invalid(_("These words do not stand in the text. Type them as they stand there."))
        if count > 1:
            raise Invalid(_("These words stand in the text more than once. Type a few more."))
        start = revision.text.index(words)
        return start, start + len(words)

    def _place(self, excerpt: UUID, start: int, end: int) -> None:
        place_unplaced(
            member=self.member,
            excerpt_id=excerpt,
            revision_id=self._revision(),
            start=start,
            end=end,
        )

    def _revision(self) -> UUID:
        """The text that the person saw, as the page says."""
        try:
            return UUID(self.request.POST.get("revision", ""))
        except ValueError:
            raise Invalid from None


class CompareRevisionsView(InText, TemplateView):
    permission = Permission.STUDY_READ
    template_name = "coding/text_compare.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = revisions_of(self.document)
        newest = rows[0].number
        form = CompareForm(self.request.GET)
        older = newest - 1 or 1
        newer = newest
        if form.is_valid():
            older = form.cleaned_data["from"] or older
            newer = form.cleaned_data["to"] or newer
        if not {older, newer} <= {row.number for row in rows}:
            raise Missing
        return super().get_context_data(
            revisions=rows,
            older=older,
            newer=newer,
            turns=compared(self.document, older, newer),
            **kwargs,
        )
