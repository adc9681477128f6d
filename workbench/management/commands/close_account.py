"""close_account: a person who left, or whose password somebody else knows."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from workbench.domain.accounts import close_account, open_account
from workbench.enums import Role
from workbench.models import Member, Study, User


class Command(BaseCommand):
    help = (
        "Closes the account of USER: no sign-in, and every session and token ends. What they made "
        "stays. --reopen lets them sign in again. Example: python manage.py close_account anna"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("user", metavar="USER", help="username")
        parser.add_argument("--reopen", action="store_true", help="open a closed account")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["user"]).first()
        if user is None:
            raise CommandError(f"There is no user “{options['user']}”.")
        if options["reopen"]:
            open_account(user=user)
            self.stdout.write(f"{user.username} can sign in.")
            return
        close_account(user=user)
        self.stdout.write(f"The account of {user.username} is closed.")
        leads = Member.objects.filter(role=Role.LEAD, user__is_active=True)
        led = Study.objects.filter(members__user=user, members__role=Role.LEAD)
        for study in led.exclude(members__in=leads):
            self.stdout.write(f"The study {study.slug} has no project lead now.")
