"""Attaches files to a case from the command line."""

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from interviews.domain.intakes import (
    Incoming,
    case_by_key,
    import_now,
    interview_by_number,
)
from interviews.enums import DocumentKind
from workbench.enums import Role
from workbench.errors import WorkbenchError
from workbench.models import Member

KINDS = {
    "transcript": DocumentKind.TRANSCRIPT,
    "notes": DocumentKind.NOTES,
    "observation": DocumentKind.OBSERVATION,
    "written": DocumentKind.WRITTEN,
}
PIECE = 1024 * 1024
EXAMPLE = """
Example:
  python manage.py import_documents demo --case tofteby --interview 3 --kind transcript i03.docx

A file that cannot be read is told with its reason and leaves nothing behind; the others are
attached, and the exit status is 1.
"""


class Command(BaseCommand):
    help = "Attaches transcripts, notes or written material to a case of a study."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = EXAMPLE
        parser.add_argument("study", help="the study's slug")
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--case", required=True, help="the case's key")
        parser.add_argument("--interview", type=int, help="the interview's number")
        parser.add_argument("--kind", choices=KINDS, help="found out when left out")
        parser.add_argument("--as", dest="person", help="user name; else a project lead")

    def handle(self, *args: Any, **options: Any) -> None:
        with override("en"):
            self._import(options)

    def _import(self, options: dict[str, Any]) -> None:
        member = _member(options["study"], options["person"])
        try:
            case = case_by_key(member, options["case"])
            interview = interview_by_number(member, case, options["interview"])
        except WorkbenchError as error:
            raise CommandError(str(error.message)) from error
        kind = KINDS[options["kind"]] if options["kind"] else None
        files: list[Path] = options["files"]
        refused = 0
        for number, path in enumerate(files, 1):
            try:
                incoming = Incoming(path.name, _pieces(path))
                document = import_now(
                    member=member, file=incoming, case=case, interview=interview, kind=kind
                )
            except (WorkbenchError, OSError) as error:
                refused += 1
                self.stderr.write(f"{number}/{len(files)} {_reason(path, error)}")
                continue
            revision = document.current_revision
            words = revision.words if revision else 0
            turns = document.turns.count()
            self.stdout.write(f"{number}/{len(files)} {path.name}: {words} words, {turns} turns")
        if refused:
            raise CommandError(f"{refused} of {len(files)} files were not attached.")


def _member(slug: str, username: str | None) -> Member:
    members = Member.objects.select_related("study", "user").filter(study__slug=slug)
    if not members.exists():
        raise CommandError(f"There is no study {slug!r}.")
    if username is None:
        members = members.filter(role=Role.LEAD)
    else:
        members = members.filter(user__username=username).exclude(role=Role.READER)
    member = members.order_by("created_at").first()
    if member is None:
        raise CommandError(f"{username!r} may attach nothing to {slug!r}.")
    return member


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def _reason(path: Path, error: WorkbenchError | OSError) -> str:
    if isinstance(error, WorkbenchError):
        return str(error.message)
    return f"{path}: {error.strerror}"
