"""prepare: bring the databases and static files up to date; load the demo when empty."""

import hashlib
import os
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand

from workbench.models import Study

SIGN_INS = ("lead", "coder", "second-coder", "reader", "admin")


class Command(BaseCommand):
    help = (
        "Migrates both databases and gathers static files; on one's own machine it loads the demo "
        "study into an empty database. Example: manage.py prepare"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
        for alias in settings.DATABASES:
            call_command("migrate", database=alias, verbosity=0, interactive=False)
        call_command("compile_catalogues")
        gather_static()
        password = os.environ.get("DEMO_PASSWORD", "")
        if settings.LOAD_DEMO:
            # With a password given, the one line below says it all.
            self.load_examples(StringIO() if password else self.stdout)
        if password and Study.objects.filter(slug="demo").exists():
            self.stdout.write(f"  Demo sign-ins: {', '.join(SIGN_INS)}   password: {password}")

    def load_examples(self, output: Any) -> None:
        """Into an empty database; the mark tells that an earlier start was cut short in it."""
        mark = Path(settings.MEDIA_ROOT) / "loading"
        if Study.objects.exists() and not mark.exists():
            return
        self.stdout.write("Loading the demo study and the reference study ...")
        mark.touch()
        call_command("load_demo_study", stdout=output)
        call_command("load_reference_study", stdout=output)
        mark.unlink()


def gather_static() -> None:
    """Gathers static files when one of them changed since; hashing all takes seconds."""
    root = Path(settings.STATIC_ROOT)
    stamp = root.with_suffix(".stamp")
    now = static_digest()
    if root.exists() and stamp.exists() and stamp.read_text() == now:
        return
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(now)


def static_digest() -> str:
    """A digest of every static file's path, size and time of change."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            path = Path(storage.path(name))
            found = path.stat()
            digest.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()
