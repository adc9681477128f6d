"""Many files in one archive: each is listed, a table among them says what they are, and a
hostile archive is refused whole."""

import io
import stat
import zipfile
from typing import Any

import pytest
from django.test import Client

from interviews.domain.intakes import bundles
from interviews.enums import IntakeState
from interviews.models import Case, Intake
from tests.factories.uploads import TRANSCRIPT, file_of, nothing_kept, shown, upload, upload_one
from tests.interviews.formats.packages import open_document, word_file

TABLE = "file;case;title\nleder.txt;tofteby;Lederen\nvæk.txt;tofteby;\n"


def packed(*members: tuple[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return stream.getvalue()


def listed(client: Client, data: bytes) -> dict[str, Intake]:
    batch = upload(client, file_of("alt.zip", data))
    return {intake.name: intake for intake in Intake.objects.filter(batch=batch)}


def test_an_archive_is_the_files_in_it_and_its_table_says_what_they_are(
    client: Client, case: Case
) -> None:
    intakes = listed(
        client,
        packed(
            ("materiale/", b""),
            ("materiale/leder.txt", TRANSCRIPT),
            ("materiale/gruppe.docx", word_file("Bo: Vi ventede.", "Ida: Længe.")),
            ("materiale/filer.csv", TABLE),
            ("materiale/.DS_Store", b"x"),
            ("__MACOSX/materiale/leder.txt", b"x"),
        ),
    )
    assert set(intakes) == {"leder.txt", "gruppe.docx", "filer.csv"}
    assert intakes["leder.txt"].state == intakes["gruppe.docx"].state == IntakeState.READY
    assert intakes["leder.txt"].mapping["title"] == "Lederen"
    assert intakes["leder.txt"].mapping["case"] == str(case.pk)
    assert "no file called “væk.txt” came with the table" in shown(client, intakes["filer.csv"])


def test_an_archive_in_an_archive_is_never_opened(client: Client, case: Case) -> None:
    inner = packed(("leder.txt", TRANSCRIPT))
    intakes = listed(client, packed(("indre.zip", inner), ("god.txt", TRANSCRIPT)))
    assert intakes["god.txt"].state == IntakeState.READY
    assert "cannot be read: .zip" in shown(client, intakes["indre.zip"])


def locked() -> bytes:
    data = bytearray(packed(("a.txt", "hej")))
    for magic, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(magic) + flags] |= 1
    return bytes(data)


def linked() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        link = zipfile.ZipInfo("leder.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    return stream.getvalue()


HOSTILE = {
    "empty": (b"", "There is no text in it"),
    "only folders": (packed(("mappe/", b"")), "There is no text in it"),
    "no archive": (b"Leder: hej", "Pack the files again"),
    "half": (packed(("a.txt", TRANSCRIPT))[:-30], "Pack the files again"),
    "bomb": (
        packed(("a.txt", b"\x00" * (45 << 20)), ("b.txt", b"\x00" * (45 << 20))),
        "Pack the files again",
    ),
    "upwards": (packed(("../../a.txt", "hej")), "Pack the files again"),
    "absolute": (packed(("/etc/a.txt", "hej")), "Pack the files again"),
    "backslash": (packed(("mappe\\a.txt", "hej"), ("..\\b.txt", "hej")), "Pack the files again"),
    "the same name twice": (packed(("A.txt", "hej"), ("a.txt", "hej")), "Pack the files again"),
    "a link": (linked(), "Pack the files again"),
    "password": (locked(), "protected by a password"),
    "word document": (word_file("hej"), "it is a Word document"),
    "opendocument": (open_document("<text:p>hej</text:p>"), "it is an OpenDocument text"),
}


@pytest.mark.parametrize(("data", "says"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_archive_is_refused_whole(
    client: Client, case: Case, data: bytes, says: str
) -> None:
    with nothing_kept():
        intake = upload_one(client, "alt.zip", data)
    assert says in shown(client, intake)


def test_more_files_than_one_go_takes_are_refused(
    client: Client, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundles, "MEMBERS", 2)
    with nothing_kept():
        intake = upload_one(client, "alt.zip", packed(*((f"{n}.txt", "hej") for n in range(3))))
    assert "Pack the files again" in shown(client, intake)


def test_an_archive_beyond_the_limit_is_refused(client: Client, case: Case, settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 100
    with nothing_kept():
        intake = upload_one(client, "alt.zip", packed(("a.txt", TRANSCRIPT * 9)))
    assert "larger than the limit" in shown(client, intake)


def test_a_member_whose_bytes_do_not_hold_together_harms_no_other(
    client: Client, case: Case
) -> None:
    data = bytearray(packed(("skadet.txt", TRANSCRIPT * 20), ("god.txt", TRANSCRIPT)))
    data[30 + len("skadet.txt") + 12] ^= 0xFF
    intakes = listed(client, bytes(data))
    assert intakes["god.txt"].state == IntakeState.READY
    assert "damaged" in shown(client, intakes["skadet.txt"])
