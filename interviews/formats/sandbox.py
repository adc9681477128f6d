"""Reading strangers' files in a child process, so that a bad one harms nobody else."""

import os
import selectors
import signal
import subprocess
import sys
import time
from pathlib import Path

from interviews.formats.records import ParsedDocument, ParseLimits
from interviews.formats.tables import Row
from interviews.formats.wire import (
    LINE_BYTES,
    OUT_OF_MEMORY,
    dump_request,
    load_document,
    load_table,
)
from workbench.files.problems import FileProblem, ProblemCode

_ROOT = Path(__file__).resolve().parents[2]
_PIECE = 1 << 16
# Seconds for a child that has answered to end.
_GRACE = 5
TABLE_BYTES = 4 * 1024 * 1024

# The kernel's killer; a library in C, or the interpreter itself, whose allocation failed.
_KILLED_FOR_MEMORY = (-signal.SIGKILL, -signal.SIGSEGV, -signal.SIGABRT, 1, 120)


def parse_bounded(
    data: bytes,
    *,
    name: str,
    encoding: str | None = None,
    seconds: int = 30,
    megabytes: int = 1024,
    limits: ParseLimits | None = None,
) -> ParsedDocument:
    """`parse` in a child of at most `seconds` (processor and wall clock) and `megabytes`.

    Raises FileProblem: what `parse` raises, too_slow, too_large_in_memory, too_large (answer),
    broken. This process holds `data` and the answer, never what the parsing takes.
    """
    answer = _answer(
        data,
        name=name,
        encoding=encoding,
        seconds=seconds,
        megabytes=megabytes,
        limits=limits or ParseLimits(),
    )
    return load_document(answer)


def read_table_bounded(data: bytes, *, name: str) -> list[Row]:
    """`tables.read_table` in such a child; somebody waits for it, so it gets less of each."""
    limits = ParseLimits(file_bytes=TABLE_BYTES, characters=0)
    answer = _answer(data, name=name, encoding=None, seconds=10, megabytes=512, limits=limits)
    return load_table(answer)


def _answer(
    data: bytes,
    *,
    name: str,
    encoding: str | None,
    seconds: int,
    megabytes: int,
    limits: ParseLimits,
) -> bytes:
    if len(data) > limits.file_bytes:
        raise FileProblem(ProblemCode.TOO_LARGE, what="bytes", limit=limits.file_bytes)
    request = dump_request(name=name, encoding=encoding, limits=limits)
    # A character takes four bytes at most.
    room = LINE_BYTES + 4 * limits.characters
    child = _start(seconds, megabytes)
    try:
        answer = _converse(child, (request, data), seconds, room)
        status = child.wait(timeout=_GRACE)
    except subprocess.TimeoutExpired as error:
        raise FileProblem(ProblemCode.TOO_SLOW, seconds=seconds) from error
    finally:
        _end(child)
    if status != 0 or not answer:
        raise _death(status, seconds, megabytes)
    return bytes(answer)


def _start(seconds: int, megabytes: int) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-P", "-m", "interviews.formats.child"]
    return subprocess.Popen(
        [*command, str(seconds), str(megabytes)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        # A traceback may quote the transcript, and standard error is a log.
        stderr=subprocess.DEVNULL,
        bufsize=0,
        cwd="/",
        # Nothing of this process's environment: it holds the secret key and passwords.
        env={"PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1", "PYTHONHASHSEED": "0"},
        start_new_session=True,
    )


def _converse(
    child: "subprocess.Popen[bytes]", pieces: tuple[bytes, ...], seconds: int, room: int
) -> bytearray:
    """Writes and reads by turns: a child that answers early would otherwise block both.

    Raises FileProblem: too_slow, too_large for an answer of more than `room` bytes.
    """
    assert child.stdin is not None
    assert child.stdout is not None
    deadline = time.monotonic() + seconds
    waiting = [memoryview(piece) for piece in pieces]
    answer = bytearray()
    os.set_blocking(child.stdin.fileno(), False)
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdin, selectors.EVENT_WRITE)
        selector.register(child.stdout, selectors.EVENT_READ)
        while True:
            left = deadline - time.monotonic()
            if left <= 0:
                raise FileProblem(ProblemCode.TOO_SLOW, seconds=seconds)
            for ready, _ in selector.select(left):
                if ready.fileobj is child.stdin:
                    if not _write(child.stdin.fileno(), waiting):
                        selector.unregister(child.stdin)
                        child.stdin.close()
                    continue
                piece = os.read(child.stdout.fileno(), _PIECE)
                if not piece:
                    return answer
                answer += piece
                if len(answer) > room:
                    raise FileProblem(ProblemCode.TOO_LARGE, what="answer", limit=room)


def _write(descriptor: int, waiting: list[memoryview]) -> bool:
    """Writes what fits; False when nothing is left or nobody listens any more."""
    while waiting and not waiting[0]:
        waiting.pop(0)
    if not waiting:
        return False
    try:
        written = os.write(descriptor, waiting[0][:_PIECE])
    except BlockingIOError:
        return True
    except BrokenPipeError:
        return False
    waiting[0] = waiting[0][written:]
    return True


def _end(child: "subprocess.Popen[bytes]") -> None:
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    for stream in (child.stdin, child.stdout):
        if stream is not None and not stream.closed:
            stream.close()


def _death(status: int, seconds: int, megabytes: int) -> FileProblem:
    if status == -signal.SIGXCPU:
        return FileProblem(ProblemCode.TOO_SLOW, seconds=seconds)
    if status in (OUT_OF_MEMORY, *_KILLED_FOR_MEMORY):
        return FileProblem(ProblemCode.TOO_LARGE_IN_MEMORY, megabytes=megabytes)
    return FileProblem(ProblemCode.BROKEN, reason="crashed")
