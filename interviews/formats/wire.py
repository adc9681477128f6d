"""How what was read crosses from the child process to its parent.

One line of JSON, then the words of all turns as UTF-8. The words never go through JSON: of a
line that is bounded the parent knows how much room it takes, of a long answer it would not.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from interviews.formats.records import (
    Notice,
    NoticeCode,
    ParsedDocument,
    ParsedTurn,
    ParseLimits,
)
from interviews.formats.tables import Row
from workbench.files.archives import ArchiveLimits
from workbench.files.problems import FileProblem, ProblemCode

OUT_OF_MEMORY = 3
"""The child's exit status when it has no room left even for an answer."""
LINE_BYTES = 16 * 1024 * 1024
"""Of the line of JSON: a hundred thousand turns, or a table's cells."""


def dump_request(*, name: str, encoding: str | None, limits: ParseLimits) -> bytes:
    """One line. It goes by standard input: a file's name may be a person's name, and
    arguments are there for every user of the machine to read."""
    request = {"name": name, "encoding": encoding, "limits": asdict(limits)}
    return json.dumps(request).encode() + b"\n"


def load_request(line: bytes) -> tuple[str, str | None, ParseLimits]:
    request = json.loads(line)
    limits = request["limits"]
    archive = ArchiveLimits(**limits.pop("archive"))
    return request["name"], request["encoding"], ParseLimits(**limits, archive=archive)


def dump_document(document: ParsedDocument) -> bytes:
    line = _dump(
        {
            "turns": [
                (turn.speaker, len(turn.text), turn.start_ms, turn.end_ms, turn.manner)
                for turn in document.turns
            ],
            "notices": [(notice.code, dict(notice.params)) for notice in document.notices],
            "encoding": document.encoding,
            "encoding_certain": document.encoding_certain,
            "format": document.format,
        }
    )
    return line + "".join(turn.text for turn in document.turns).encode()


def dump_table(rows: list[Row]) -> bytes:
    return _dump({"rows": rows})


def dump_problem(problem: FileProblem) -> bytes:
    return _dump({"problem": problem.code, "params": problem.params})


def load_document(data: bytes) -> ParsedDocument:
    """The document. Raises the child's FileProblem, too_large (answer), broken (half an answer)."""
    answer, words = _load(data)
    with _half_is_broken():
        return _document(answer, words.decode())


def _document(answer: dict[str, Any], words: str) -> ParsedDocument:
    turns, place = [], 0
    for speaker, length, start_ms, end_ms, manner in answer["turns"]:
        text = words[place : place + length]
        place += length
        turns.append(ParsedTurn(speaker, text, start_ms, end_ms, manner))
    if place != len(words):
        raise ValueError("lengths")
    return ParsedDocument(
        turns=tuple(turns),
        notices=tuple(Notice(NoticeCode(code), params) for code, params in answer["notices"]),
        encoding=answer["encoding"],
        encoding_certain=answer["encoding_certain"],
        format=answer["format"],
    )


def load_table(data: bytes) -> list[Row]:
    """The table's rows; raises like `load_document`."""
    answer, _nothing = _load(data)
    with _half_is_broken():
        return [(number, cells) for number, cells in answer["rows"]]


def _load(data: bytes) -> tuple[dict[str, Any], bytes]:
    """The line as JSON, and what follows it."""
    line, _newline, rest = data.partition(b"\n")
    if len(line) > LINE_BYTES:
        raise FileProblem(ProblemCode.TOO_LARGE, what="answer", limit=LINE_BYTES)
    with _half_is_broken():
        answer: dict[str, Any] = json.loads(line)
        if "problem" in answer:
            raise FileProblem(ProblemCode(answer["problem"]), **answer["params"])
    return answer, rest


@contextmanager
def _half_is_broken() -> Iterator[None]:
    """The child was killed while it wrote, or is no longer itself."""
    try:
        yield
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise FileProblem(ProblemCode.BROKEN, reason="crashed") from error


def _dump(answer: dict[str, Any]) -> bytes:
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
