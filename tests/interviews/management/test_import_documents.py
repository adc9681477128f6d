"""Attaching from the command line: files, folders, and a table that says what they are."""

import io
import resource
import time
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.core.management import CommandError, call_command

from interviews.models import Case, Document, Interview, Participant
from tests.factories.bad_files import BAD_FILES, WORD, BadFile
from tests.factories.field import make_case, make_participant
from tests.factories.studies import Cast
from tests.factories.uploads import TRANSCRIPT, kept_files, nothing_kept
from workbench.models import HistoryEntry

HEAD = ("file", "case", "interview", "date", "form", "kind", "title", "language", "speakers")
FOCUS_GROUP = (
    "fokus.txt", "tofteby", "", "2024-05-14", "Focus group", "transcript", "Four helpers", "da",
    "Hjælper 2 = H2 (employee); Interviewer = interviewer; Hjælper 4",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two interviews, one of them a folder down, and a file that nobody means."""
    place = tmp_path / "interviews"
    (place / "svalen").mkdir(parents=True)
    (place / "fokus.txt").write_text(TRANSCRIPT)
    (place / "svalen" / "leder.docx").write_bytes(WORD)
    (place / ".DS_Store").write_bytes(b"\x00")
    return place


def run(*arguments: object, **options: object) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command(
        "import_documents", "study", *map(str, arguments), stdout=out, stderr=err, **options
    )
    return out.getvalue(), err.getvalue()


def refused(*arguments: object, **options: object) -> tuple[str, str]:
    """What the last line and the lines before it say."""
    err = io.StringIO()
    with pytest.raises(CommandError) as problem:
        call_command(
            "import_documents",
            "study",
            *map(str, arguments),
            stdout=io.StringIO(),
            stderr=err,
            **options,
        )
    return str(problem.value), err.getvalue()


def csv_table(path: Path, *rows: tuple[str, ...], delimiter: str = ",") -> Path:
    lines = [delimiter.join(f'"{cell}"' for cell in row) for row in (HEAD, *rows)]
    path.write_text("\n".join(lines))
    return path


def xlsx_table(path: Path, *rows: tuple[object, ...]) -> Path:
    """As Excel keeps it: words in one shared list, days as numbers."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Interviews")
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        for number, row in enumerate((HEAD, *rows)):
            for column, cell in enumerate(row):
                sheet.write(number, column, cell, day if isinstance(cell, int) else None)
    return path


def test_files_of_one_case_are_attached_and_counted(cast: Cast, case: Case, folder: Path) -> None:
    out, err = run(folder / "fokus.txt", folder / "svalen" / "leder.docx", case="tofteby")
    assert err == ""
    assert "1/2 fokus.txt: 42 words, 4 turns" in out
    assert "2/2 leder.docx: 4 words, 2 turns" in out
    assert Document.objects.filter(case=case).count() == 2
    assert set(HistoryEntry.objects.filter(noun="document").values_list("actor__username")) == {
        ("lead",)
    }


def test_a_folder_and_a_csv_make_cases_people_visits_and_interviews(
    cast: Cast, case: Case, folder: Path
) -> None:
    known = make_participant(case, "Hjælper 4")
    table = csv_table(
        folder / "files.csv",
        FOCUS_GROUP,
        ("leder.docx", "Børnehuset Svalen", "new", "17/9/2024", "", "", "", "", ""),
    )
    _out, err = run(folder, mapping=table, new_cases=True)
    assert err == ""
    first = Document.objects.select_related("interview__visit").get(case=case)
    assert (first.title, first.kind, str(first.date)) == (
        "Four helpers",
        "transcript",
        "2024-05-14",
    )
    assert first.interview is not None
    assert (first.interview.form, str(first.interview.visit.date)) == ("focus_group", "2024-05-14")
    assert first.speakers.get(label="Hjælper 4").participant == known
    assert first.speakers.get(label="Interviewer").is_interviewer
    assert Participant.objects.get(pseudonym="H2").role == "employee"
    second = Document.objects.get(case__name="Børnehuset Svalen")
    assert str(second.date) == "2024-09-17"
    assert Interview.objects.count() == 2


def test_an_xlsx_says_the_same_as_a_csv(cast: Cast, case: Case, folder: Path) -> None:
    table = xlsx_table(folder.parent / "files.xlsx", (*FOCUS_GROUP[:3], 45_426, *FOCUS_GROUP[4:]))
    _out, err = run(folder / "fokus.txt", mapping=table)
    document = Document.objects.get()
    assert err == ""
    assert (document.title, str(document.date)) == ("Four helpers", "2024-05-14")
    assert document.interview is not None
    assert document.interview.form == "focus_group"


def test_a_danish_table_with_semicolons_is_read_alike(cast: Cast, case: Case, folder: Path) -> None:
    table = folder.parent / "filer.csv"
    rows = (
        "Fil;Arbejdsplads;Dato;Slags;Sprog\nFOKUS;Hjemmeplejen Tofteby;14.5.2024;Feltnote;dansk\n"
    )
    table.write_bytes(rows.encode("cp1252"))
    run(folder / "fokus.txt", mapping=table)
    document = Document.objects.get(case=case)
    assert (document.kind, str(document.date)) == ("observation", "2024-05-14")


def test_a_case_that_only_the_table_knows_is_a_slip_until_it_is_asked_for(
    cast: Cast, case: Case, folder: Path
) -> None:
    table = csv_table(folder.parent / "files.csv", ("fokus.txt", "Toftebyy", *[""] * 7))
    with nothing_kept():
        last, lines = refused(folder / "fokus.txt", mapping=table)
    assert last == "1 of 1 files were not attached."
    assert "fokus.txt: there is no case “Toftebyy”; --new-cases makes it." in lines
    assert Case.objects.get() == case


def test_faults_of_the_table_are_told_and_what_it_says_right_is_used(
    cast: Cast, case: Case, folder: Path
) -> None:
    table = csv_table(
        folder.parent / "files.csv",
        ("fokus.txt", "tofteby", "7", "31-02-2024", "", "song", "", "", "a = b = c"),
        ("gone.docx", "tofteby", *[""] * 7),
    )
    last, lines = refused(folder / "fokus.txt", mapping=table)
    assert last == "All files are attached, but not all of the table could be used."
    for said in (
        "Row 2: “31-02-2024” is no date",
        "Row 2: “song” is no choice here",
        "Row 2: the case has no interview “7”",
        "Row 2: “a = b = c” cannot be read",
        "Row 3: no file called “gone.docx” came with the table",
    ):
        assert said in lines
    assert Document.objects.get().case == case


def test_a_file_that_the_table_leaves_out_wants_a_case(
    cast: Cast, case: Case, folder: Path
) -> None:
    table = csv_table(folder.parent / "files.csv", FOCUS_GROUP)
    last, lines = refused(folder, mapping=table)
    assert last == "1 of 2 files were not attached."
    assert "leder.docx: Choose the case." in lines
    svalen = make_case(cast.lead, "svalen", "Svalen")
    run(folder / "svalen", mapping=csv_table(table), case="svalen")
    assert Document.objects.filter(case=svalen).count() == 1


@pytest.mark.parametrize("bad", BAD_FILES.values(), ids=BAD_FILES)
def test_a_bad_file_is_told_with_its_reason_and_the_others_are_attached(
    cast: Cast, case: Case, folder: Path, bad: BadFile
) -> None:
    path = folder / bad.name
    path.write_bytes(bad.data)
    last, lines = refused(path, folder / "fokus.txt", case="tofteby")
    assert last == "1 of 2 files were not attached."
    assert bad.says in lines
    assert bad.name in lines
    assert Document.objects.get().original_ending == ".txt"
    assert len(kept_files()) == 1


def test_two_hundred_megabytes_are_refused_quickly_and_cost_no_memory(
    cast: Cast, case: Case, tmp_path: Path
) -> None:
    path = tmp_path / "stor.txt"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.monotonic()
    with nothing_kept():
        _last, lines = refused(path, case="tofteby")
    assert "larger than the limit of 50 MB" in lines
    assert time.monotonic() - started < 20
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 30_000  # kilobytes


def test_running_it_again_attaches_nothing_twice(cast: Cast, case: Case, folder: Path) -> None:
    run(folder, case="tofteby")
    with nothing_kept():
        last, lines = refused(folder, case="tofteby")
    assert last == "2 of 2 files were not attached."
    assert "attached already, as “fokus”" in lines
    assert Document.objects.count() == 2


@pytest.mark.parametrize(
    ("arguments", "options", "says"),
    [
        (["x.txt"], {"case": "nowhere"}, "no case with the key “nowhere”"),
        (["x.txt"], {"case": "tofteby", "interview": 99}, "no interview 99"),
        (["x.txt"], {"case": "tofteby", "person": "reader"}, "'reader' may attach nothing"),
        (["x.txt"], {"case": "tofteby", "person": "stranger"}, "'stranger' may attach nothing"),
        (["x.txt"], {}, "Say the case"),
        (["x.txt"], {"mapping": Path("/nowhere/files.csv")}, "No such file"),
    ],
)
def test_wrong_words_on_the_line_are_told(
    cast: Cast, case: Case, arguments: list[str], options: dict[str, Any], says: str
) -> None:
    assert says in refused(*arguments, **options)[0]


def test_a_file_or_a_study_that_is_not_there_is_told(
    cast: Cast, case: Case, tmp_path: Path
) -> None:
    _last, lines = refused(tmp_path / "gone.txt", case="tofteby")
    assert "No such file" in lines
    (tmp_path / "empty").mkdir()
    assert refused(tmp_path / "empty", case="tofteby")[0] == "There is no file to attach."
    with pytest.raises(CommandError, match="There is no study 'other'"):
        call_command("import_documents", "other", str(tmp_path), case="x")


def test_a_table_that_is_none_is_told_and_nothing_is_attached(
    cast: Cast, case: Case, folder: Path
) -> None:
    table = folder.parent / "files.xlsx"
    table.write_bytes(WORD)
    assert "damaged" in refused(folder, mapping=table)[0]
    table = folder.parent / "files.csv"
    table.write_text("name,case\nfokus.txt,tofteby\n")
    assert "a column called “file”" in refused(folder, mapping=table)[0]
    assert not Document.objects.exists()
