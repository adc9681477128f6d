"""A stranger's file is read by a child that may die; the parent may not even grow."""

import os
import resource
import subprocess
import sys
import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from interviews.formats import parse, sandbox, wire
from interviews.formats.records import ParseLimits
from interviews.formats.sandbox import parse_bounded, read_table_bounded
from tests.factories.children import python
from tests.interviews.formats.packages import with_part, word_file
from workbench.files.archives import ArchiveLimits
from workbench.files.problems import FileProblem, ProblemCode

pytestmark = pytest.mark.pure


def refused(data: bytes, name: str, *, seconds: int = 30, megabytes: int = 1024) -> FileProblem:
    with pytest.raises(FileProblem) as problem:
        parse_bounded(data, name=name, seconds=seconds, megabytes=megabytes)
    return problem.value


def heavy_word_file(paragraphs: int) -> bytes:
    body = b"<w:p><w:r><w:t>ord</w:t></w:r></w:p>" * paragraphs
    return with_part(
        word_file("a"),
        "word/document.xml",
        lambda part: part.replace(b"<w:body>", b"<w:body>" + body),
    )


def test_the_child_gives_what_parsing_here_gives() -> None:
    text = "Leder: Vi nåede det 👩‍🚒.\n[V] Ja.\n\nBo (0:12): æøå\x00".encode("cp1252", "ignore")
    assert parse_bounded(text, name="a.txt") == parse(text, name="a.txt")
    package = word_file("Leder: hej", "Bo: ja")
    assert parse_bounded(package, name="ø.docx") == parse(package, name="ø.docx")


def test_a_chosen_encoding_and_limits_reach_the_child() -> None:
    document = parse_bounded("blåbær".encode("cp850"), name="a.txt", encoding="cp850")
    assert document.turns[0].text == "blåbær"
    limits = ParseLimits(characters=2, archive=ArchiveLimits(members=3))
    with pytest.raises(FileProblem) as problem:
        parse_bounded(b"tre", name="a.txt", limits=limits)
    assert problem.value.params == {"what": "characters", "limit": 2}
    with pytest.raises(FileProblem) as problem:
        parse_bounded(word_file("a"), name="a.docx", limits=limits)
    assert problem.value.code is ProblemCode.ARCHIVE_BOMB


def test_a_problem_comes_back_with_its_parameters() -> None:
    problem = refused(b"%PDF-1.7", "a.txt")
    assert problem.code is ProblemCode.WRONG_TYPE
    assert problem.params == {"expected": "txt", "found": "pdf"}


def test_a_child_past_its_memory_is_refused_and_the_parent_stays_flat() -> None:
    data = heavy_word_file(400_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    problem = refused(data, "a.docx", megabytes=200)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert problem.code is ProblemCode.TOO_LARGE_IN_MEMORY
    assert problem.params == {"megabytes": 200}
    assert grown < 10_000  # kilobytes


def test_a_child_past_its_time_is_stopped_and_leaves_nothing_running() -> None:
    data = heavy_word_file(200_000)
    started = time.monotonic()
    problem = refused(data, "a.docx", seconds=1)
    assert problem.code is ProblemCode.TOO_SLOW
    assert problem.params == {"seconds": 1}
    assert time.monotonic() - started < 4
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_a_child_that_never_answers_is_stopped_by_the_clock(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sandbox, "_start", python("import time; time.sleep(60)"))
    started = time.monotonic()
    assert refused(b"a" * 1_000_000, "a.txt", seconds=1).code is ProblemCode.TOO_SLOW
    assert time.monotonic() - started < 3


def test_a_child_that_answers_and_never_ends_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    code = "import os, time; os.close(1); time.sleep(60)"
    monkeypatch.setattr(sandbox, "_start", python(code))
    monkeypatch.setattr(sandbox, "_GRACE", 0.2)
    assert refused(b"a", "a.txt").code is ProblemCode.TOO_SLOW


def test_an_answer_is_never_larger_than_the_text_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "LINE_BYTES", 1000)
    monkeypatch.setattr(sandbox, "_start", python("while True: print('a' * 4000)"))
    with pytest.raises(FileProblem) as problem:
        parse_bounded(b"a", name="a.txt", limits=ParseLimits(characters=2))
    assert problem.value.code is ProblemCode.TOO_LARGE
    assert problem.value.params == {"what": "answer", "limit": 1008}


def test_what_is_read_as_json_is_bounded_however_long_the_text_may_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(wire, "LINE_BYTES", 1000)
    monkeypatch.setattr(sandbox, "_start", python("print('[' * 2000)"))
    problem = refused(b"a", "a.txt")
    assert (problem.code, problem.params["what"]) == (ProblemCode.TOO_LARGE, "answer")


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "{",
        "[]",
        "7",
        "{}",
        '{"turns": 7}',
        '{"turns": [[null, "x", 0, 0, null]]}',
        '{"turns": [[null, 9, 0, 0, null]], "notices": []}',
        '{"turns": [], "notices": [["song", {}]], "encoding": "", "encoding_certain": 1}',
        '{"problem": "song", "params": {}}',
        "[" * 5000,
    ],
)
def test_half_an_answer_is_a_broken_file(monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    monkeypatch.setattr(sandbox, "_start", python(f"print({answer!r})"))
    assert refused(b"a", "a.txt").code is ProblemCode.BROKEN
    with pytest.raises(FileProblem) as problem:
        read_table_bounded(b"a", name="a.csv")
    assert problem.value.code in (ProblemCode.BROKEN, ProblemCode.TOO_LARGE)


def test_the_child_inherits_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "kanariefugl")
    child = sandbox._start(5, 512)
    told = Path(f"/proc/{child.pid}")
    try:
        # Both stay empty until the kernel has put the new program in place.
        deadline = time.monotonic() + 5
        while not (told / "environ").read_bytes() and time.monotonic() < deadline:
            time.sleep(0.01)
        assert b"interviews.formats.child" in (told / "cmdline").read_bytes()
        assert b"PYTHONPATH=" in (told / "environ").read_bytes()
        assert b"kanariefugl" not in (told / "environ").read_bytes()
    finally:
        sandbox._end(child)


def test_the_child_loads_neither_django_nor_spacy() -> None:
    probe = (
        "import sys, interviews.formats.child;"
        "print([m for m in ('django', 'spacy', 'mammoth') if m in sys.modules])"
    )
    loaded = subprocess.run([sys.executable, "-c", probe], capture_output=True, check=True)
    assert loaded.stdout.strip() == b"[]"


def test_overlapping_members_are_refused_before_any_is_read() -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * 1_000_000)
        original = archive.getinfo("word/document.xml")
        for index in range(50):
            twin = zipfile.ZipInfo(f"word/media/{index:>7}.bin")
            for field in ("CRC", "compress_size", "file_size", "header_offset", "compress_type"):
                setattr(twin, field, getattr(original, field))
            archive.filelist.append(twin)
            archive.NameToInfo[twin.filename] = twin
    problem = refused(stream.getvalue(), "a.docx")
    assert (problem.code, problem.params["reason"]) == (ProblemCode.ARCHIVE_BOMB, "overlap")


def test_a_million_cues_are_read_within_the_bounds() -> None:
    data = b"WEBVTT\n\n" + b"00:01.000 --> 00:02.000\n<v B>a</v>\n\n" * 1_000_000
    document = parse_bounded(data, name="a.vtt", seconds=60)
    assert [(turn.speaker, len(turn.text)) for turn in document.turns] == [("B", 1_999_999)]
