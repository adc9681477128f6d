"""Files through the door that people use."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.test import Client
from django.urls import reverse

from interviews.models import Intake

TRANSCRIPT = (
    "Interviewer: Hvad skete der så, da I fik de ti minutter?\n\n"
    "Hjælper 2: Altså … i starten syntes vi jo, det var spild. Men nu ved jeg, hvem der har haft "
    "en dårlig nat.\n\n"
    "Interviewer: Og om aftenen?\n\n"
    "Hjælper 4: Når vi kommer, er tavlen visket ud 🙂.\n"
)


def file_of(name: str, content: str | bytes) -> io.BytesIO:
    file = io.BytesIO(content.encode() if isinstance(content, str) else content)
    file.name = name
    return file


def upload(client: Client, *files: io.BytesIO, slug: str = "study", **fields: str) -> UUID:
    """Attaches files; returns their batch."""
    address = reverse("documents", kwargs={"slug": slug})
    response = client.post(address, {"chosen": list(files), **fields})
    assert response.status_code == 302, response.content.decode()
    found = re.search(r"/attach/([0-9a-f-]{36})/", response.headers["Location"])
    assert found is not None
    return UUID(found[1])


def upload_one(client: Client, name: str, content: str | bytes, **fields: str) -> Intake:
    batch = upload(client, file_of(name, content), **fields)
    return Intake.objects.get(batch=batch)


def page_of(batch: UUID, slug: str = "study") -> str:
    return reverse("intake", kwargs={"slug": slug, "batch": batch})


def act(client: Client, intake: Intake, what: str, **fields: str) -> str:
    """Presses a button of the page; returns where it leads."""
    intake.refresh_from_db()
    known = {f"edits-{intake.pk.hex}": str(intake.parsed.get("edits", 0))}
    response = client.post(page_of(intake.batch), {"act": what, **known, **fields})
    assert response.status_code == 302, response.content.decode()[:3000]
    return response.headers["Location"]


def row(intake: Intake, **fields: str) -> dict[str, str]:
    """A row of the mapping table as the form sends it."""
    said = {"kind": "transcript", "title": "Fokusgruppe", "language": "da", **fields}
    return {f"file-{intake.pk.hex}-{name}": value for name, value in said.items()}


def kept_files() -> list[Path]:
    """What lies under the place for originals."""
    folder = Path(settings.MEDIA_ROOT) / "originals"
    return [path for path in folder.rglob("*") if path.is_file()]


@contextmanager
def nothing_kept() -> Iterator[None]:
    """What is done inside leaves no file behind, not even a half one."""
    before = set(kept_files())
    yield
    assert set(kept_files()) == before
