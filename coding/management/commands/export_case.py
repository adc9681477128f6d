"""Writes a case description to a file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from coding.domain.exports import export_case_report
from coding.management.commands.export_excerpts import acting_member
from interviews.domain.cases import case_of
from workbench.errors import Missing


class Command(BaseCommand):
    help = (
        "Writes a case description as a Word document. "
        "Example: manage.py export_case demo tofteby --format docx --out tofteby.docx"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("study", help="the study's slug")
        parser.add_argument("case", help="the case's key")
        parser.add_argument("--format", choices=["docx"], default="docx")
        parser.add_argument("--out", required=True, type=Path, metavar="FILE")
        parser.add_argument("--as", dest="person", help="user name; else a project lead's eyes")

    def handle(self, *args: Any, **options: Any) -> None:
        member = acting_member(options["study"], options["person"])
        try:
            case = case_of(member=member, key=options["case"])
        except Missing:
            raise CommandError(f"{member.study.slug} has no case {options['case']!r}.") from None
        try:
            content = export_case_report(member=member, case=case)
        except Missing:
            raise CommandError(f"Nobody has begun the description of {case.key}.") from None
        try:
            options["out"].write_bytes(content)
        except OSError as error:
            raise CommandError(f"{options['out']} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"{options['out']}")
