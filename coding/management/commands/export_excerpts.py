"""Writes coded excerpts into a file."""

import sys
from argparse import RawDescriptionHelpFormatter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.http import QueryDict
from django.utils.translation import override

from coding.domain.exports import ExportFormat, count_excerpts, export_excerpts
from coding.domain.queries.excerpts import ExcerptQuery, material_in_order
from coding.filters import ExcerptFilter
from workbench.enums import Role
from workbench.errors import WorkbenchError
from workbench.models import Member

EXAMPLE = """Example:
  manage.py export_excerpts demo --format xlsx --code haemmere --role leader --out barriers.xlsx
"""
# Option -> parameter of the retrieval page's address.
NARROWING: Final = {
    "code": "key of a code; those under it come along",
    "case": "key of a case",
    "role": "role of the person: leader, hr, union_representative, ...",
    "form": "form of interview: individual, pair, group, focus_group, ...",
    "coder": "user name or id of who coded",
    "question": "key of a guide question",
    "kind": "kind of material: transcript, interview_notes, observation, written",
    "direction": "furthers, hinders or both",
}


class Command(BaseCommand):
    help = "Writes coded excerpts, one row per coding, into a file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.epilog = EXAMPLE
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.add_argument("study", help="slug of the study")
        parser.add_argument(
            "--format", choices=[each.value for each in ExportFormat], default="csv"
        )
        parser.add_argument("--out", type=Path, required=True, help="the file to write")
        parser.add_argument("--as", dest="person", help="user name; else a project lead's eyes")
        for name, what in NARROWING.items():
            parser.add_argument(f"--{name}", action="append", default=[], help=what)
        parser.add_argument("--text", default="", help="words that the quote contains")

    def handle(self, *args: Any, **options: Any) -> None:
        member = acting_member(options["study"], options["person"])
        with override("en"):
            query = _query(member, options)
        total = count_excerpts(member, query)
        out: Path = options["out"]
        unfinished = out.with_name(f"{out.name}.part")
        try:
            with unfinished.open("wb") as stream:
                done = export_excerpts(
                    member=member,
                    query=query,
                    form=ExportFormat(options["format"]),
                    stream=stream,
                    progress=lambda rows: self._tell(rows, total),
                )
            unfinished.replace(out)
        except OSError as problem:
            raise CommandError(f"{out}: {problem.strerror}") from problem
        except WorkbenchError as problem:
            raise CommandError(str(problem.message)) from problem
        finally:
            unfinished.unlink(missing_ok=True)
        self.stdout.write(f"{done.rows} rows in {out}")

    def _tell(self, rows: int, total: int) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"\r{rows} of {total}", ending="")


def acting_member(slug: str, person: str | None) -> Member:
    """The member with that user name, else the study's first project lead."""
    members = Member.objects.select_related("study", "user").filter(study__slug=slug)
    if person is not None:
        members = members.filter(user__username=person)
    else:
        members = members.filter(role=Role.LEAD)
    member = members.order_by("created_at").first()
    if member is None:
        raise CommandError(f"There is no study {slug!r} with that member.")
    return member


def _query(member: Member, options: dict[str, Any]) -> ExcerptQuery:
    """Reads the options as the retrieval page reads its address, with the same refusals."""
    address = QueryDict(mutable=True)
    for name in NARROWING:
        address.setlist(name, options[name])
    address.setlist("coder", list(_coders(member, options["coder"])))
    address["q"] = options["text"]
    chosen = ExcerptFilter(address, member=member, material=material_in_order(member))
    if not chosen.is_valid():
        raise CommandError(
            "; ".join(
                f"--{name}: {problem}"
                for name, problems in chosen.form.errors.items()
                for problem in problems
            )
        )
    return chosen.query


def _coders(member: Member, given: Iterable[str]) -> Iterable[str]:
    ids = {
        each.user.username: str(each.user_id)
        for each in Member.objects.select_related("user").filter(study=member.study_id)
    }
    return (ids.get(name, name) for name in given)
