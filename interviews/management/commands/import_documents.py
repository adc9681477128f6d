"""Attaches files to a study's cases from the command line."""

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from interviews.domain.intakes import (
    Incoming,
    MappingTable,
    UnusableTable,
    case_by_key,
    import_now,
    interview_by_number,
    read_mapping_table,
)
from interviews.domain.queries.problems import notice_sentence, problem_sentence
from interviews.enums import NEW, DocumentKind
from workbench.enums import Role
from workbench.errors import Invalid, WorkbenchError
from workbench.files.problems import FileProblem
from workbench.models import Member

KINDS = {
    "transcript": DocumentKind.TRANSCRIPT,
    "notes": DocumentKind.NOTES,
    "observation": DocumentKind.OBSERVATION,
    "written": DocumentKind.WRITTEN,
}
PIECE = 1024 * 1024
EXAMPLE = """
Examples:
  python manage.py import_documents demo --case tofteby --interview 3 --kind transcript i03.docx
  python manage.py import_documents demo --mapping files.xlsx interviews/

A mapping table (CSV or XLSX) has one row a file. Its headings, in English or Danish: file, case,
interview, date, form, kind, title, language, speakers. Only file and case are needed. Speakers are
written as: H2 = Helper 2 (employee); I = interviewer.

A file that cannot be read is told with its reason and leaves nothing behind; the others are
attached, and the exit status is 1.
"""


class Command(BaseCommand):
    help = "Attaches transcripts, notes or written material to the cases of a study."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = EXAMPLE
        parser.add_argument("study", help="the study's slug")
        parser.add_argument(
            "files", nargs="+", type=Path, metavar="FILE", help="a file, or a folder of files"
        )
        parser.add_argument("--case", help="the case's key, for files that no table names")
        parser.add_argument("--interview", type=int, help="the interview's number")
        parser.add_argument("--kind", choices=KINDS, help="found out when left out")
        parser.add_argument("--mapping", type=Path, metavar="TABLE", help="what each file is")
        parser.add_argument(
            "--new-cases", action="store_true", help="make the cases that only the table knows"
        )
        parser.add_argument("--as", dest="person", help="user name; else a project lead")

    def handle(self, *args: Any, **options: Any) -> None:
        with override("en"):
            self._import(options)

    def _import(self, options: dict[str, Any]) -> None:
        member = _member(options["study"], options["person"])
        files = list(_files(options["files"], but=options["mapping"]))
        if not files:
            raise CommandError("There is no file to attach.")
        try:
            same = _same_for_all(member, options)
        except WorkbenchError as error:
            raise CommandError(str(error.message)) from error
        table = _table(member, options["mapping"])
        faults = table.faults_with([path.name for path in files])
        for code, params in faults:
            self.stderr.write(notice_sentence(code, params))
        refused = 0
        for number, path in enumerate(files, 1):
            try:
                said = same | table.of(path.name)
                _refuse_new_case(path, said, allowed=options["new_cases"])
                incoming = Incoming(path.name, _pieces(path))
                document = import_now(member=member, file=incoming, mapping=said)
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
        if faults:
            raise CommandError("All files are attached, but not all of the table could be used.")


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


def _files(paths: list[Path], *, but: Path | None) -> Iterator[Path]:
    """The files named, and those of the folders named; hidden ones and the table are not meant."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for inside in sorted(path.rglob("*")):
            hidden = any(part.startswith(".") for part in inside.relative_to(path).parts)
            is_table = but is not None and but.exists() and inside.samefile(but)
            if inside.is_file() and not hidden and not is_table:
                yield inside


def _same_for_all(member: Member, options: dict[str, Any]) -> dict[str, Any]:
    """What the options say of every file, unless the table says otherwise."""
    if not options["case"]:
        if options["mapping"] is None:
            raise CommandError("Say the case: --case KEY, or --mapping TABLE.")
        return {"kind": KINDS.get(options["kind"], "")}
    case = case_by_key(member, options["case"])
    interview = interview_by_number(member, case, options["interview"])
    return {
        "case": str(case.pk),
        "interview": str(interview.pk) if interview else "",
        "kind": KINDS.get(options["kind"], ""),
    }


def _table(member: Member, path: Path | None) -> MappingTable:
    if path is None:
        return MappingTable()
    try:
        return read_mapping_table(member, path.read_bytes(), name=path.name)
    except (FileProblem, UnusableTable) as problem:
        params = problem.params if isinstance(problem, FileProblem) else {}
        raise CommandError(f"{path}: {problem_sentence(problem.code, params)}") from problem
    except OSError as error:
        raise CommandError(_reason(path, error)) from error


def _refuse_new_case(path: Path, said: Mapping[str, Any], *, allowed: bool) -> None:
    """Nobody looks at a preview here, so a slip of the pen must not become a case."""
    if said.get("case") == NEW and not allowed:
        name = said.get("case_name", "")
        raise Invalid(f"{path.name}: there is no case “{name}”; --new-cases makes it.")


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def _reason(path: Path, error: WorkbenchError | OSError) -> str:
    if isinstance(error, WorkbenchError):
        message = str(error.message)
        return message if path.name in message else f"{path.name}: {message}"
    return f"{path}: {error.strerror}"
