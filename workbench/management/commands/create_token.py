"""create_token: a token for a person's scripts, printed once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from workbench.domain.tokens import create_token
from workbench.models import User


class Command(BaseCommand):
    help = (
        "Creates an API token for USER and prints it. It is shown this once. "
        "Example: python manage.py create_token lead --name “nightly export”"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("user", metavar="USER", help="username")
        parser.add_argument("--name", default="command line", help="what the token is for")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["user"], is_active=True).first()
        if user is None:
            raise CommandError(f"There is no active user “{options['user']}”.")
        _token, secret = create_token(user=user, name=options["name"])
        self.stdout.write(secret)
