"""prepare: bring the databases and static files up to date; load the demo when empty."""

import hashlib
import os
import secrets
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connections

from workbench.checks import private_paths
from workbench.files.private import tighten, tighten_all
from workbench.models import Study

SIGN_INS = ("lead", "coder", "second-coder", "reader", "admin")
# The published example is there to be read and copied from.
READERS = ("lead=reader", "coder=reader", "second-coder=reader", "reader=reader", "admin=lead")


class Command(BaseCommand):
    help = (
        "Migrates both databases and gathers static files; on one's own machine it loads the demo "
        "study into an empty database. Example: manage.py prepare"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
            for alias in settings.DATABASES:
                migrate(alias)
            make_private()
            call_command("compile_catalogues")
            gather_static()
            if settings.LOAD_DEMO:
                self.load_examples()
        except OSError as error:
            raise CommandError(str(error)) from error

    def load_examples(self) -> None:
        """Into an empty database; the mark tells that an earlier start was cut short in it."""
        password = kept_password(settings.VAR)
        mark = settings.MEDIA_ROOT / "loading"
        if mark.exists() or not Study.objects.exists():
            self.stdout.write("Loading the demo study and the reference study ...")
            mark.touch()
            os.environ["DEMO_PASSWORD"] = password
            call_command("load_demo_study", stdout=StringIO())
            call_command("load_reference_study", member=READERS, stdout=StringIO())
            mark.unlink()
        if Study.objects.filter(slug="demo").exists():
            self.stdout.write(f"  Demo sign-ins: {', '.join(SIGN_INS)}   password: {password}")


def make_private() -> None:
    """Also what was made before, or by a program with other manners."""
    for path in private_paths():
        tighten(path)
    tighten_all(settings.MEDIA_ROOT)


def migrate(alias: str) -> None:
    try:
        call_command("migrate", database=alias, verbosity=0, interactive=False)
    except DatabaseError as error:
        name = connections[alias].settings_dict["NAME"]
        raise CommandError(f"The database {name} cannot be used: {error}") from error


def kept_password(var: Path) -> str:
    """Given or made at the first start and kept, so that the sign-ins printed stay true."""
    kept = var / "demo-password"
    if not (kept.exists() and kept.read_text()):
        kept.touch(mode=0o600)
        kept.write_text(os.environ.get("DEMO_PASSWORD") or secrets.token_urlsafe(9))
    return kept.read_text().strip()


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
