"""How what was read crosses from the child process to its parent: JSON, compact."""

import json
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
    return _dump(
        {
            "turns": [
                (turn.speaker, turn.text, turn.start_ms, turn.end_ms, turn.manner)
                for turn in document.turns
            ],
            "notices": [(notice.code, dict(notice.params)) for notice in document.notices],
            "encoding": document.encoding,
            "encoding_certain": document.encoding_certain,
            "format": document.format,
        }
    )


def dump_table(rows: list[Row]) -> bytes:
    return _dump({"rows": rows})


def dump_problem(problem: FileProblem) -> bytes:
    return _dump({"problem": problem.code, "params": problem.params})


def load_document(data: bytes) -> ParsedDocument:
    """The document; raises the child's FileProblem, and ValueError for half an answer."""
    answer = _load(data)
    return ParsedDocument(
        turns=tuple(ParsedTurn(*turn) for turn in answer["turns"]),
        notices=tuple(Notice(NoticeCode(code), params) for code, params in answer["notices"]),
        encoding=answer["encoding"],
        encoding_certain=answer["encoding_certain"],
        format=answer["format"],
    )


def load_table(data: bytes) -> list[Row]:
    """The table's rows; raises like `load_document`."""
    return [(number, cells) for number, cells in _load(data)["rows"]]


def _load(data: bytes) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(data)
    if "problem" in answer:
        raise FileProblem(ProblemCode(answer["problem"]), **answer["params"])
    return answer


def _dump(answer: dict[str, Any]) -> bytes:
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()
