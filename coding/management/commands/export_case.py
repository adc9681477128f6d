"""Writes a case description to a file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from coding.domain.queries.case_drafts import language_of
from coding.domain.queries.case_reports import case_report
from coding.formats.case_docx import write_case_docx
from interviews.models import Case
from workbench.errors import Missing
from workbench.models import Study


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

    def handle(self, *args: Any, **options: Any) -> None:
        study = Study.objects.filter(slug=options["study"]).first()
        if study is None:
            raise CommandError(f"There is no study {options['study']!r}.")
        case = Case.objects.filter(
            study=study, key=options["case"], removed_at__isnull=True
        ).first()
        if case is None:
            raise CommandError(f"{study.slug} has no case {options['case']!r}.")
        try:
            report = case_report(case, language_of(study), timezone.now())
        except Missing:
            raise CommandError(f"Nobody has begun the description of {case.key}.") from None
        try:
            options["out"].write_bytes(write_case_docx(report))
        except OSError as error:
            raise CommandError(f"{options['out']} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"{options['out']}")
