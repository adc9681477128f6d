"""One file that a script sends: kept at once, read and attached by a job."""

import datetime
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from interviews.domain.intakes.attaching import Import, import_file
from interviews.domain.intakes.bundles import Incoming
from interviews.domain.intakes.receiving import keep_upload
from interviews.domain.intakes.storage import place_of
from interviews.enums import DocumentKind
from interviews.models import Case, Document, Interview
from workbench.errors import Invalid, Missing
from workbench.models import Job, Member


def upload_request(
    *,
    member: Member,
    file: Incoming,
    case_key: str,
    interview: int | None = None,
    kind: DocumentKind | None = None,
    title: str = "",
    date: datetime.date | None = None,
    language: str = "",
    encoding: str = "",
) -> dict[str, Any]:
    """Checks what can be checked and keeps the file: the parameters of its job.

    Raises Invalid `case` or `interview`, and what `keep_upload` raises.
    """
    case = case_by_key(member, case_key)
    chosen = interview_by_number(member, case, interview)
    kept = keep_upload(member=member, file=file)
    mapping = {
        "case": str(case.pk),
        "interview": str(chosen.pk) if chosen else "",
        "kind": kind or "",
        "title": title.strip(),
        "date": date.isoformat() if date else "",
        "language": language,
    }
    # The job's own title is the file's name: that is what its sender looks for.
    return {**kept, "title": kept["name"], "mapping": mapping, "encoding": encoding}


def import_upload(*, job: Job, still_wanted: Callable[[], object]) -> dict[str, Any]:
    """Does what `upload_request` asked for.

    Running it again finds the document that the first run made. `still_wanted` is called once
    the file is read; when it raises, nothing is attached.
    """
    asked = job.parameters
    known = Document.objects.filter(study_id=job.study_id, original=asked["file"]).first()
    if known is None:
        known = import_file(member=_member(job), what=_import(job), still_wanted=still_wanted)
    return {"document": str(known.pk)}


def forget_unattached(*, job_id: UUID) -> None:
    """Removes the kept file of an import that ended and made no document of it."""
    job = Job.objects.get(pk=job_id)
    kept = job.parameters.get("file", "")
    if kept and job.finished_at and not Document.objects.filter(original=kept).exists():
        place_of(kept).unlink(missing_ok=True)


def import_now(*, member: Member, file: Incoming, mapping: Mapping[str, Any]) -> Document:
    """Keeps, reads and attaches one file without waiting; one that is refused leaves nothing.

    Raises what `keep_upload` and `import_file` raise.
    """
    kept = keep_upload(member=member, file=file)
    try:
        return import_file(member=member, what=Import(**kept, mapping=mapping))
    except BaseException:
        forget_upload(kept)
        raise


def forget_upload(parameters: dict[str, Any]) -> None:
    """Takes the kept file back when no job came of it."""
    place_of(parameters["file"]).unlink(missing_ok=True)


def case_by_key(member: Member, key: str) -> Case:
    case = Case.objects.filter(study_id=member.study_id, key=key, removed_at__isnull=True).first()
    if case is None:
        raise Invalid(_("There is no case with the key “%(key)s”.") % {"key": key}, code="case")
    return case


def interview_by_number(member: Member, case: Case, number: int | None) -> Interview | None:
    if number is None:
        return None
    interview = (
        Interview.objects.select_related("visit")
        .filter(study_id=member.study_id, visit__case=case, number=number, removed_at__isnull=True)
        .first()
    )
    if interview is None:
        raise Invalid(
            _("The case has no interview %(number)s.") % {"number": number}, code="interview"
        )
    return interview


def _member(job: Job) -> Member:
    """The owner as a member; who left the team meanwhile attaches nothing."""
    member = (
        Member.objects.select_related("study", "user")
        .filter(study_id=job.study_id, user_id=job.owner_id)
        .first()
    )
    if member is None:
        raise Missing
    return member


def _import(job: Job) -> Import:
    asked = job.parameters
    names = ("file", "name", "sha256", "size", "mapping", "encoding")
    return Import(**{name: asked[name] for name in names})
