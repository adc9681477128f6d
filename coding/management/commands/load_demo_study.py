"""load_demo_study: four invented workplaces with everything that a study can hold."""

import os
import secrets
from argparse import RawDescriptionHelpFormatter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from coding.domain.imports.demo import load_demo_study
from coding.domain.imports.fixtures import FixtureProblem


class Command(BaseCommand):
    help = (
        "Loads the demo study (slug demo) with its users. Running it again changes nothing.\n"
        "DEMO_PASSWORD is their password; without it one is made and printed.\n\n"
        "Example: DEMO_PASSWORD=choose-one manage.py load_demo_study"
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        kwargs["formatter_class"] = RawDescriptionHelpFormatter
        return super().create_parser(prog_name, subcommand, **kwargs)

    def handle(self, *args: Any, **options: Any) -> None:
        password = os.environ.get("DEMO_PASSWORD", "") or secrets.token_urlsafe(9)
        try:
            loaded = load_demo_study(password=password)
        except FixtureProblem as problem:
            raise CommandError(str(problem)) from problem
        study = loaded.study
        if not loaded.created:
            self.stdout.write(f"{study.slug} is here already; nothing of it was changed.")
            return
        self.stdout.write(f"Loaded {study.slug}: {study.title}.")
        if loaded.new_users:
            names = ", ".join(loaded.new_users)
            self.stdout.write(f"New users: {names}; password: {password}")
