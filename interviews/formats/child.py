"""The process that reads a stranger's file: `python -m interviews.formats.child SECONDS MEGABYTES`.

Standard input is one request line (see `wire`) and the file's bytes; standard output is JSON.
It limits itself before it reads anything, and imports neither Django nor spaCy.
"""

import os
import resource
import sys

from interviews.formats import parse
from interviews.formats.tables import is_table, read_table
from interviews.formats.wire import (
    OUT_OF_MEMORY,
    dump_document,
    dump_problem,
    dump_table,
    load_request,
)
from workbench.files.problems import FileProblem, ProblemCode

_OPEN_FILES = 32


def main(seconds: int, megabytes: int) -> int:
    _limit(seconds=seconds, megabytes=megabytes)
    try:
        answer = _answer()
    except FileProblem as problem:
        answer = dump_problem(problem)
    except MemoryError:
        # No room for an answer, nor for an orderly end.
        os._exit(OUT_OF_MEMORY)
    except Exception as error:
        # A library's own surprise. The class alone goes on: messages may quote the transcript.
        answer = dump_problem(FileProblem(ProblemCode.BROKEN, reason=type(error).__name__))
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
    return 0


def _answer() -> bytes:
    name, encoding, limits = load_request(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    if is_table(name):
        return dump_table(read_table(data, name=name))
    return dump_document(parse(data, name=name, encoding=encoding, limits=limits))


def _limit(*, seconds: int, megabytes: int) -> None:
    size = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (_OPEN_FILES, _OPEN_FILES))
    # A core dump would leave the transcript on the disk.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
