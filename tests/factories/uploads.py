"""Files through the door that people use."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.test import Client
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser as HTMLParser

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


def fields_of(client: Client, batch: UUID) -> dict[str, str]:
    """What the page's form would send, filled in as the page fills it."""
    tree = HTMLParser(client.get(page_of(batch)).content)
    said: dict[str, str] = {}
    for field in tree.css("form#intake [name]"):
        name, kind = field.attributes["name"] or "", field.attributes.get("type") or ""
        if field.tag == "select":
            chosen = field.css_first("option[selected]") or field.css_first("option")
            said[name] = (chosen.attributes.get("value") or "") if chosen else ""
        elif field.tag == "input" and (kind != "radio" or "checked" in field.attributes):
            said[name] = field.attributes.get("value") or ""
    return said


def press(client: Client, intake: Intake, what: str, **changes: str) -> Any:
    """Presses a button of the page after changing some of its fields."""
    said = {**fields_of(client, intake.batch), **changes, "act": what}
    return client.post(page_of(intake.batch), said, headers={"accept-language": "en"})


def act(client: Client, intake: Intake, what: str, **changes: str) -> str:
    """The same where it works; returns where it leads."""
    response = press(client, intake, what, **changes)
    assert response.status_code == 302, response.content.decode()[:3000]
    address: str = response.headers["Location"]
    return address


def row(intake: Intake, **fields: str) -> dict[str, str]:
    """A row of the mapping table as a person fills it in."""
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
