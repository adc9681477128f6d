"""The recording of an interview: its page, attaching, hiding, and the sound itself."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from interviews.domain.intakes.storage import place_of
from interviews.domain.recordings import (
    attach_recording,
    recording_heard_with,
    recording_of,
    remove_recording,
    restore_recording,
)
from interviews.formats.clock import time_code
from interviews.forms.recordings import RecordingForm
from interviews.models import Recording
from interviews.tasks import measure_later
from interviews.views.visits import InInterview
from workbench.access.permissions import Permission
from workbench.access.views import StudyView
from workbench.errors import Missing
from workbench.http.ranges import answer_part
from workbench.views.changing import ChangingView


class InterviewRecordingView(InInterview, ChangingView):
    permission = Permission.STUDY_READ
    write_permission = Permission.MATERIAL_WRITE
    upload_limit = "RECORDING_MAX_BYTES"
    form_class = RecordingForm
    template_name = "interviews/recording_page.html"
    saved_message = lazy("The recording is attached.")

    def save(self, form: RecordingForm) -> str:
        attach_recording(
            member=self.member,
            interview=self.interview,
            chunks=form.cleaned_data["file"].chunks(),
            then=measure_later,
        )
        return self.request.path

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        recording = recording_heard_with(self.interview)
        megabytes = settings.RECORDING_MAX_BYTES // (1024 * 1024)
        return super().get_context_data(
            recording=recording,
            duration=time_code(recording.duration_ms) if recording else "",
            material=self.interview.documents.filter(removed_at__isnull=True).order_by("title"),
            removed=self.interview.recordings.filter(removed_at__isnull=False),
            may_attach=self.may(Permission.MATERIAL_WRITE),
            limit=settings.RECORDING_MAX_BYTES,
            too_large=_("It is larger than the limit of %(megabytes)s MB.")
            % {"megabytes": megabytes},
            **kwargs,
        )


class InRecording(StudyView):
    """What is done with one recording, named by its id."""

    def page_of(self, recording: Recording) -> HttpResponse:
        talk = recording.interview
        keys = {"slug": self.study.slug, "key": talk.visit.case.key, "interview": talk.pk}
        return redirect(reverse("interview_recording", kwargs=keys))


class RecordingRemoveView(InRecording):
    permission = Permission.MATERIAL_WRITE

    def post(self, request: HttpRequest, slug: str, recording: UUID) -> HttpResponse:
        found = recording_of(member=self.member, recording_id=recording)
        remove_recording(member=self.member, recording=found)
        messages.success(request, _("The recording is off the interview. You find it below."))
        return self.page_of(found)


class RecordingRestoreView(InRecording):
    permission = Permission.MATERIAL_WRITE

    def post(self, request: HttpRequest, slug: str, recording: UUID) -> HttpResponse:
        hidden = Recording.objects.filter(pk=recording, study=self.study).first()
        if hidden is None:
            raise Missing
        restore_recording(member=self.member, recording=hidden)
        messages.success(request, _("The recording is back."))
        return self.page_of(hidden)


class RecordingMediaView(StudyView):
    """The bytes, in the parts that a player asks for; who may play is asked for each of them."""

    permission = Permission.STUDY_READ

    def get(self, request: HttpRequest, slug: str, recording: UUID) -> HttpResponseBase:
        found = recording_of(member=self.member, recording_id=recording)
        path = place_of(found.file)
        if not path.is_file():
            raise Missing(_("The file of this recording is no longer here."))
        return answer_part(
            request,
            path,
            size=found.size,
            etag=f'"{found.sha256}"',
            content_type=found.media_type,
        )
