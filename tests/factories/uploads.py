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

ENGLISH = {"accept-language": "en"}
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


def button_of(intake: Intake, route: str, **place: int) -> str:
    """Where a button sends the page: of the batch, of the file, of its `speaker` or `turn`."""
    keys = {"slug": "study", "batch": intake.batch, **place}
    if not route.startswith("intake"):
        keys["file"] = intake.pk
    return reverse(route, kwargs=keys)


def press(client: Client, intake: Intake, route: str, **said: Any) -> Any:
    """Presses a button of the page after changing some of its fields."""
    place = {word: said.pop(word) for word in ("speaker", "turn") if word in said}
    fields = {**fields_of(client, intake.batch), **said}
    return client.post(button_of(intake, route, **place), fields, headers=ENGLISH)


def shown(client: Client, intake: Intake) -> str:
    response = client.get(page_of(intake.batch), headers=ENGLISH)
    assert response.status_code == 200
    return str(response.content.decode())


def act(client: Client, intake: Intake, route: str, **said: Any) -> str:
    """The same where it works; returns where it leads."""
    response = press(client, intake, route, **said)
    assert response.status_code == 302, response.content.decode()[:3000]
    address: str = response.headers["Location"]
    return address


def row(intake: Intake, **fields: str) -> dict[str, str]:
    """A row of the mapping table as a person fills it in."""
    said = {"kind": "transcript", "title": "Fokusgruppe", "language": "da", **fields}
    return {f"file-{intake.pk.hex}-{name}": value for name, value in said.items()}


def speaker(intake: Intake, index: int, label: str, who: str, **fields: str) -> dict[str, str]:
    """A speaker of the file as a person says who that is."""
    said = {"label": label, "who": who, **fields}
    return {f"speaker-{intake.pk.hex}-{index}-{name}": value for name, value in said.items()}


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
