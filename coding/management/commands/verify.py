"""verify: does everything that is kept still fit together."""

from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from coding.domain import verification as analysis
from interviews.domain import verification as material
from workbench.domain import verification as ground
from workbench.domain.snapshots import read_snapshot


class Command(BaseCommand):
    help = (
        "Checks that quotes match their texts, texts and originals their checksums, that no link "
        "of the chain and no history is missing, and that name key and participants agree. Changes "
        "nothing; tells ids and no words. Example: manage.py verify"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        found = 0
        with read_snapshot():
            for breach in chain(ground.breaches(), material.breaches(), analysis.breaches()):
                found += 1
                self.stdout.write(breach)
        if found:
            raise CommandError(f"{found} found that do not hold.")
        self.stdout.write("Everything holds.")
