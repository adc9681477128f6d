"""A job's page: how far it is, its result, and the way to stop it."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import TemplateView

from workbench.access.permissions import Permission
from workbench.access.views import StudyView
from workbench.domain.jobs import file_of, job_of
from workbench.enums import JobState
from workbench.jobs import cancel_job, sweep
from workbench.models import Job

# What tells htmx to stop asking.
STOP_POLLING = 286
ENDED = frozenset({JobState.DONE, JobState.FAILED, JobState.CANCELLED})


class JobView(StudyView, TemplateView):
    """Any member may have jobs; only their owner sees or stops them."""

    permission = Permission.STUDY_READ

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        sweep()
        job = self._job()
        ended = job.state in ENDED
        # Without script the whole page asks again by itself.
        polls = request.headers.get("HX-Request") == "true"
        return self.render_to_response(
            self.get_context_data(job=job, ended=ended, polls=polls),
            status=STOP_POLLING if polls and ended else 200,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        job = self._job()
        cancel_job(job=job)
        return redirect("job", slug=self.study.slug, job=job.pk)

    def get_template_names(self) -> list[str]:
        polls = self.request.headers.get("HX-Request") == "true"
        return ["workbench/job_state.html" if polls else "workbench/job_page.html"]

    def _job(self) -> Job:
        return job_of(member=self.member, job_id=self.kwargs["job"])


class JobFileView(StudyView):
    permission = Permission.STUDY_READ

    def get(self, request: HttpRequest, slug: str, job: UUID) -> FileResponse:
        found = job_of(member=self.member, job_id=job)
        # The response closes the file when it has been sent.
        return FileResponse(file_of(found).open("rb"), as_attachment=True, filename=found.file_name)
