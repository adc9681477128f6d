"""The coding surface: one document, its margin and the codebook beside it."""

from functools import lru_cache
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import json_script
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from coding.domain.queries.surface import (
    Cited,
    Voice,
    cited_words,
    spoken_turns,
    surface_data,
    surface_of,
)
from coding.views.phrases import MODULES, phrases
from interviews.domain.documents import document_of, mark_coded
from interviews.domain.recordings import recording_heard_with
from interviews.formats.clock import time_code
from interviews.models import Document, Recording
from workbench.access.permissions import Permission
from workbench.access.views import StudyView
from workbench.enums import Role

NO_CODE = UUID(int=0)
# About 150 KB each at 9,000 words: what a team has open at one time.
KEPT = 64


@lru_cache(maxsize=KEPT)
def rendered_turns(revision_id: UUID, voices: tuple[Voice, ...], language: str) -> SafeString:
    """A revision never changes; who its speakers are and the reader's language may."""
    by_speaker = {voice.id: voice for voice in voices}
    turns = [
        {
            "number": turn.number,
            "start": turn.start,
            "end": turn.end,
            "voice": by_speaker.get(turn.speaker) if turn.speaker else None,
            "ms": turn.start_ms,
            "clock": time_code(turn.start_ms),
            "manner": turn.manner,
            "text": turn.text,
        }
        for turn in spoken_turns(revision_id)
    ]
    return render_to_string("coding/documents_turns.html", {"turns": turns})


class CompactEncoder(DjangoJSONEncoder):
    """No spaces, and letters as they are: half the size of the default."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options | {"separators": (",", ":"), "ensure_ascii": False})


class DocumentView(StudyView, TemplateView):
    permission = Permission.STUDY_READ
    write_permission = Permission.CODINGS_WRITE
    template_name = "coding/documents_surface.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        surface = surface_of(member=self.member, document_id=self.kwargs["document"])
        document = surface.document
        revision = document.current_revision
        assert revision is not None
        language = get_language() or "en"
        cited = self._cited(document)
        recording = recording_heard_with(document.interview)
        data = surface_data(
            surface=surface,
            member=self.member,
            # Not kept with the turns: they are found anew when the language changes.
            sentences=tuple(revision.sentences),
            phrases=phrases(language),
            cited=cited,
            recording=self._heard(recording) if recording else None,
        )
        shown = {
            "surface": surface,
            "document": document,
            "recording": recording,
            "cited": cited,
            "cited_from": self._draft(document, cited) if cited else "",
            "turns": rendered_turns(revision.pk, surface.voices, language),
            "data": json_script(data, "surface-data", encoder=CompactEncoder),
            "modules": MODULES,
            "can_code": self.may(Permission.CODINGS_WRITE),
            "can_add_codes": self.may(Permission.CODE_ADD),
            "can_change_others": self.member.role == Role.LEAD,
            "rules": self._rules(),
            "can_edit": self.may(Permission.MATERIAL_WRITE),
        }
        return super().get_context_data(**kwargs | shown)

    def _cited(self, document: Document) -> Cited | None:
        """`?citation=8`: somebody comes from there and wants to see the words."""
        number = self.request.GET.get("citation", "")
        # More figures than that no number of the database has.
        if not (number.isascii() and number.isdigit() and len(number) < 9):
            return None
        return cited_words(document, int(number))

    def _heard(self, recording: Recording) -> dict[str, Any]:
        keys = {"slug": self.study.slug, "recording": recording.pk}
        return {
            "src": reverse("recording_media", kwargs=keys),
            "kind": recording.kind,
            "ms": recording.duration_ms,
            "peaks": recording.peaks,
        }

    def _draft(self, document: Document, cited: Cited) -> str:
        keys = {"slug": self.member.study.slug, "key": document.case.key}
        return reverse("draft", kwargs=keys, fragment=f"citation-{cited.number}")

    def _rules(self) -> str:
        """The address of a code's rules, CODE for its id; empty for those who may not set them."""
        if not self.may(Permission.PLAN_MANAGE):
            return ""
        keys = {"slug": self.member.study.slug, "code": NO_CODE}
        return reverse("code", kwargs=keys, fragment="rules").replace(str(NO_CODE), "CODE")

    def post(self, request: HttpRequest, slug: str, document: UUID) -> HttpResponse:
        """Says that the document is coded, or that it is not after all."""
        coded = request.POST.get("coded") == "yes"
        found = document_of(member=self.member, document_id=document)
        mark_coded(member=self.member, document=found, coded=coded)
        said = _("Marked as coded.") if coded else _("Marked as not coded yet.")
        messages.success(request, said)
        return redirect("document", slug=slug, document=document)
