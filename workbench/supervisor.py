"""What `make run` starts: the web server and one task worker, watched together.

Imports no Django, so that the watcher itself stays small; what needs Django runs as a child.
"""

import ctypes
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from workbench.files.private import keep_private

ROOT = Path(__file__).resolve().parents[1]
STOP_SECONDS = 10
RESTART_PAUSE_SECONDS = 2
LOOK_SECONDS = 0.3
START_SECONDS = 60
HOST = "127.0.0.1"
LOCK = "running"
MOST_PROCESSES = 64
LIBC = ctypes.CDLL(None)
PARENT_DEATH_SIGNAL = 1


def environment() -> dict[str, str]:
    settings = os.environ.get("DJANGO_SETTINGS_MODULE", "workbench.settings.local")
    return {**os.environ, "DJANGO_SETTINGS_MODULE": settings, "PYTHONUNBUFFERED": "1"}


def port() -> int:
    """The port of `PORT`, 8000 without. Ends the program with a reason when it is none."""
    wanted = os.environ.get("PORT", "") or "8000"
    if not (wanted.isascii() and wanted.isdecimal()) or not 0 < int(wanted) < 65536:
        sys.exit(f"PORT={wanted} is no port. Choose a number between 1 and 65535.")
    return int(wanted)


def how_many(name: str, given: str | None) -> int:
    """The number given, 1 without. Ends the program with a reason when it is none."""
    wanted = given or "1"
    if not (wanted.isascii() and wanted.isdecimal()) or not 0 < int(wanted) <= MOST_PROCESSES:
        sys.exit(f"{name}={wanted} cannot be. Choose a number between 1 and {MOST_PROCESSES}.")
    return int(wanted)


def answers(number: int) -> bool:
    """Whether something listens on the port."""
    with socket.socket() as attempt:
        attempt.settimeout(1)
        return attempt.connect_ex((HOST, number)) == 0


def folder() -> Path:
    """Where everything lies that is kept. Ends the program with a reason when nothing can be."""
    var = Path(os.environ.get("WORKBENCH_VAR", ROOT / "var"))
    try:
        var.mkdir(parents=True, exist_ok=True)
        (var / LOCK).touch()
    except OSError as error:
        sys.exit(
            f"Nothing can be kept in {var}: {error.strerror}. Choose a folder: WORKBENCH_VAR=FOLDER"
        )
    return var


@contextmanager
def alone(var: Path, number: int) -> Iterator[None]:
    """Holds the folder, and ends the program when another does.

    Two first starts would load the demo twice, and two servers would answer for one folder.
    """
    with (var / LOCK).open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            sys.exit(f"It runs already on the folder {var}: {lock.read() or 'it is starting'}")
        lock.truncate(0)
        lock.write(address(number))
        lock.flush()
        yield


def address(number: int) -> str:
    return f"http://{HOST}:{number}/"


def commands(number: int) -> dict[str, list[str]]:
    """Name -> command of each process; the web server listens on that port, loopback only."""
    web = [
        sys.executable, "-m", "gunicorn", "workbench.wsgi:application",
        "--bind", f"{HOST}:{number}",
        "--workers", str(how_many("WEB_PROCESSES", os.environ.get("WEB_PROCESSES"))),
        "--worker-class", "gthread", "--threads", "8",
        "--timeout", "60", "--graceful-timeout", "5", "--keep-alive", "20", "--no-control-socket",
        "--log-level", "warning",
    ]  # fmt: skip
    worker = [sys.executable, "manage.py", "db_worker", "--interval", "0.3"]
    count = how_many("TASK_WORKERS", os.environ.get("TASK_WORKERS"))
    workers = {f"worker {n}": worker for n in range(1, count + 1)}
    return {"web server": web, **workers}


class Supervisor:
    """Starts every command, starts again what dies, stops all of them together."""

    def __init__(self, processes: dict[str, list[str]]) -> None:
        self.processes = processes
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.stopping = False
        for signum in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(signum, self.stop)

    def stop(self, signum: int = signal.SIGTERM, frame: FrameType | None = None) -> None:
        self.stopping = True

    def prepare(self) -> None:
        """Migrates both databases and gathers static files; see the command `prepare`."""
        child = launch([sys.executable, "manage.py", "prepare"])
        while child.poll() is None:
            if self.stopping:
                # An interrupt, so that it clears away what it had begun.
                child.send_signal(signal.SIGINT)
                child.wait()
            time.sleep(LOOK_SECONDS / 3)
        if child.returncode and not self.stopping:
            sys.exit("It could not be made ready; the reason stands above.")

    def start(self, name: str) -> None:
        self.running[name] = launch(self.processes[name])

    def start_all(self) -> None:
        for name in self.processes:
            self.start(name)

    def wait_for(self, number: int) -> bool:
        """Whether the web server answers on the port within a minute."""
        deadline = time.monotonic() + START_SECONDS
        while not self.stopping and time.monotonic() < deadline:
            if answers(number):
                return True
            time.sleep(LOOK_SECONDS / 3)
        return False

    def watch(self) -> None:
        while not self.stopping:
            time.sleep(LOOK_SECONDS)
            for name, process in list(self.running.items()):
                if process.poll() is not None and not self.stopping:
                    self.start_again(name, process.returncode)
        self.end()

    def start_again(self, name: str, returncode: int) -> None:
        print(f"{name} ended ({returncode}); starting it again", flush=True)
        time.sleep(RESTART_PAUSE_SECONDS)
        if not self.stopping:
            self.start(name)

    def end(self) -> None:
        for process in self.running.values():
            process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for process in self.running.values():
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)


def launch(command: list[str]) -> "subprocess.Popen[bytes]":
    # A session of its own: Ctrl-C reaches the watcher alone, which ends them in order.
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment(),
        start_new_session=True,
        preexec_fn=end_with_watcher if sys.platform == "linux" else None,  # noqa: PLW1509 (no threads)
    )


def end_with_watcher() -> None:
    """Has the kernel end this process when its parent was killed hard: it would keep the port."""
    LIBC.prctl(PARENT_DEATH_SIGNAL, signal.SIGTERM)


def main() -> None:
    number = port()
    processes = commands(number)
    var = folder()
    with alone(var, number):
        if answers(number):
            sys.exit(f"Port {number} is taken. Choose another: PORT={number + 1} make run")
        supervisor = Supervisor(processes)
        supervisor.prepare()
        if supervisor.stopping:
            return
        supervisor.start_all()
        if supervisor.wait_for(number):
            print(f"\n  The workbench is at {address(number)}   Ctrl-C ends it.\n", flush=True)
        supervisor.watch()


if __name__ == "__main__":
    keep_private()
    main()
