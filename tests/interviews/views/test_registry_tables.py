"""The map out to a spreadsheet and in from one."""

import json
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from coding.domain.imports.reference import load_reference_study
from interviews.domain.registry import ProjectFacts, add_project
from interviews.domain.sources import add_bias
from interviews.formats.registry import registry_rows
from interviews.formats.tables import read_table
from interviews.models import MappedProject
from tests.factories.bad_files import PNG, bomb
from tests.factories.studies import Cast
from workbench.domain.studies import add_member
from workbench.enums import Role
from workbench.models import HistoryEntry, Member, User

SignIn = Callable[[User | Member], Client]
MAP = "/studies/study/map/"
TABLE = """Navn;Niveau;Råd;Sektor;Status;Periode;Ukendt
Skolen;1;SoSu; Kommune ;i gang;2009 –;x
Banken;3;FOKA; U&F;;;
Huset;7;;;;;
Gården;2;;Rumfart;;;
Skolen;1;;;;;
"""


def send(client: Client, data: bytes, name: str = "kort.csv", *, status: int = 200) -> str:
    answer = client.post(f"{MAP}import/", {"table": SimpleUploadedFile(name, data)})
    assert answer.status_code == status
    return answer.content.decode()


def carried(client: Client, data: bytes) -> str:
    answer = client.post(f"{MAP}import/", {"table": SimpleUploadedFile("kort.csv", data)})
    return str(answer.context["rows"])


@pytest.fixture
def table() -> bytes:
    return TABLE.replace("FOKA; U&F", '"FOKA; U&F"').encode()


def test_a_table_is_shown_before_anything_is_kept(
    cast: Cast, sign_in: SignIn, table: bytes
) -> None:
    client = sign_in(cast.coder)
    page = send(client, table)
    assert not MappedProject.objects.exists()
    assert page.count('data-tone="ok"') == 2
    assert page.count('data-tone="bad"') == 2
    client.post(f"{MAP}import/", {"rows": carried(client, table)})
    rows = list(MappedProject.objects.values_list("name", "level", "councils", "sector", "status"))
    assert rows == [
        ("Skolen", 1, ["SoSu"], "municipal", "ongoing"),
        ("Banken", 3, ["FOKA", "U&F"], "", "unknown"),
    ]
    assert MappedProject.objects.get(name="Skolen").period_precision == "year"


def test_sending_the_same_rows_twice_adds_them_once(
    cast: Cast, sign_in: SignIn, table: bytes
) -> None:
    client = sign_in(cast.coder)
    told = carried(client, table)
    for _time in range(2):
        assert client.post(f"{MAP}import/", {"rows": told}).status_code == 302
    assert MappedProject.objects.count() == 2


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("kort.csv", b""),
        ("kort.csv", b"niveau;sektor\n1;x\n"),
        ("kort.csv", b"navn\n"),
        ("kort.csv", b"\xff\xfe\x00\x00\x01"),
        ("kort.csv", PNG),
        ("kort.xlsx", PNG),
        ("kort.xlsx", bomb()),
        ("kort.docx", b"navn\nHuset\n"),
        ("kort.csv", b"navn\n" + b"Huset\n" * 501),
        ("kort.csv", b"navn\n" + b"a" * (5 * 1024 * 1024)),
    ],
    ids=["empty", "no names", "only heads", "not text", "picture", "picture as xlsx", "bomb",
         "word", "too many", "too large"],
)  # fmt: skip
def test_a_table_that_nobody_can_use_is_refused_with_a_reason(
    cast: Cast, sign_in: SignIn, name: str, data: bytes
) -> None:
    client = sign_in(cast.coder)
    answer = client.post(f"{MAP}import/", {"table": SimpleUploadedFile(name, data)})
    assert answer.status_code == 400
    assert answer.context["form"].errors["table"]
    assert not MappedProject.objects.exists()


@pytest.mark.parametrize(
    "rows",
    ["", "{", "[1]", "[[1, 2]]", '[["x", {}]]', '[[1, {"name": 5}]]', "[" * 5000,
     '[[1, {"name": "\\ud800", "level": "1"}]]', "null", '[[1, {"name": "a\\u0000b"}]]'],
)  # fmt: skip
def test_rows_that_no_preview_carried_add_nothing(cast: Cast, sign_in: SignIn, rows: str) -> None:
    assert sign_in(cast.coder).post(f"{MAP}import/", {"rows": rows}).status_code == 302
    assert not MappedProject.objects.exists()


def test_a_text_that_is_too_long_is_refused_and_never_cut(cast: Cast, sign_in: SignIn) -> None:
    page = send(sign_in(cast.coder), ("navn;niveau;noter\nHuset;1;" + "a" * 10_001).encode())
    assert 'data-tone="bad"' in page
    assert 'data-tone="ok"' not in page


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_reference_studys_map_goes_out_and_comes_into_another_study_whole(
    cast: Cast, sign_in: SignIn, form: str
) -> None:
    study = load_reference_study().study
    add_member(study=study, actor=None, user=cast.coder.user, role=Role.CODER)
    client = sign_in(cast.coder)
    answer = client.post(f"/studies/{study.slug}/map/export/", {"format": form})
    assert f"map-{study.slug}.{form}" in answer["Content-Disposition"]
    told = client.post(
        f"{MAP}import/", {"table": SimpleUploadedFile(f"kort.{form}", answer.content)}
    ).context["rows"]
    client.post(f"{MAP}import/", {"rows": told})
    fields = (
        "key", "name", "title", "level", "councils", "councils_described", "sector", "funding",
        "period_printed", "period_start", "period_end", "period_ambiguous", "status", "concepts",
        "tools", "results", "note",
    )  # fmt: skip
    theirs = MappedProject.objects.filter(study=study).values_list(*fields)
    ours = MappedProject.objects.filter(study=cast.study).values_list(*fields)
    assert len(ours) == 56
    assert list(ours) == list(theirs)


def test_a_file_holds_what_the_filters_leave_and_history_says_so(
    cast: Cast, sign_in: SignIn
) -> None:
    for name, level in (("Skolen", 1), ("=HYPERLINK(1)", 2)):
        add_project(member=cast.coder, facts=ProjectFacts(name), level=level)
    add_bias(member=cast.coder, text="Kun netværk")
    answer = sign_in(cast.reader).post(f"{MAP}export/?level=2", {"format": "csv"})
    rows = registry_rows(read_table(answer.content, name="kort.csv"))
    assert rows is not None
    assert [row.cells["name"] for row in rows] == ["=HYPERLINK(1)"]
    assert b";=HYPERLINK" not in answer.content
    entry = HistoryEntry.objects.get(noun="export")
    assert entry.after == {"format": "csv", "rows": 1, "filters": {"level": "2"}}


@pytest.mark.parametrize(("query", "form"), [("", "exe"), ("?level=9", "csv")])
def test_a_file_that_makes_no_sense_is_refused(
    cast: Cast, sign_in: SignIn, query: str, form: str
) -> None:
    answer = sign_in(cast.reader).post(f"{MAP}export/{query}", {"format": form})
    assert answer.status_code == 400
    assert not HistoryEntry.objects.filter(noun="export").exists()


def test_the_preview_carries_nothing_but_known_columns(
    cast: Cast, sign_in: SignIn, table: bytes
) -> None:
    rows = json.loads(carried(sign_in(cast.coder), table))
    assert rows[0] == [
        2,
        {"name": "Skolen", "level": "1", "councils": "SoSu", "sector": "Kommune",
         "status": "i gang", "period_printed": "2009 –"},
    ]  # fmt: skip
