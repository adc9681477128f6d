"""load_reference_study: the published example, in Danish or English."""

from argparse import RawDescriptionHelpFormatter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from coding.domain.imports.fixtures import FixtureProblem
from coding.domain.imports.reference import load_reference_study
from workbench.enums import Language, Role
from workbench.models import User


class Command(BaseCommand):
    help = (
        "Loads the reference study (slug social-capital). Running it again changes nothing.\n\n"
        "Example: manage.py load_reference_study --language en --member anna=reader"
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        kwargs["formatter_class"] = RawDescriptionHelpFormatter
        return super().create_parser(prog_name, subcommand, **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--language", choices=[each.value for each in Language], default="da")
        parser.add_argument(
            "--member",
            action="append",
            default=[],
            metavar="USER=ROLE",
            help="a person to add: lead, coder or reader; may be given several times",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        language = Language(options["language"])
        members = dict(member(text) for text in options["member"])
        try:
            loaded = load_reference_study(language=language, members=members)
        except FixtureProblem as problem:
            raise CommandError(str(problem)) from problem
        study = loaded.study
        if loaded.created:
            self.stdout.write(f"Loaded {study.slug}: {study.title} ({study.language}).")
        else:
            self.stdout.write(
                f"{study.slug} is here already ({study.language}); nothing of it was changed."
            )
        for name in loaded.joined:
            self.stdout.write(f"{name} joined it.")


def member(text: str) -> tuple[User, Role]:
    name, _, role = text.partition("=")
    if role not in set(Role):
        raise CommandError(f"{text}: say USER=lead, USER=coder or USER=reader.")
    user = User.objects.filter(username=name).first()
    if user is None:
        raise CommandError(f"There is no user {name}.")
    return user, Role(role)
