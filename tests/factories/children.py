"""Children that parse, and what may become of them."""

import subprocess
import sys
from collections.abc import Callable


def python(code: str) -> Callable[[int, int], "subprocess.Popen[bytes]"]:
    """A child that runs the code in place of ours."""

    def start(seconds: int, megabytes: int) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, "-c", code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            start_new_session=True,
        )

    return start
