"""Starts the processes of `make run` on a folder of their own, and ends exactly those."""

import fcntl
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from workbench import supervisor

START_SECONDS = 60
STOP_SECONDS = 15
PASSWORD = "a password for tests only"
DATABASES = ("workbench.sqlite3", "keystore.sqlite3")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((supervisor.HOST, 0))
        return int(probe.getsockname()[1])


def environment(var: Path, settings: str = "workbench.settings.local") -> dict[str, str]:
    """What a process on that folder gets; nothing of the tests' own databases leaks in."""
    own = {"DATABASE_URL", "KEYSTORE_URL", "MEDIA_ROOT", "TEST_VAR", "TEST_POSTGRES_URL"}
    return {
        **{name: value for name, value in os.environ.items() if name not in own},
        "DJANGO_SETTINGS_MODULE": settings,
        "WORKBENCH_VAR": str(var),
        "DEMO_PASSWORD": PASSWORD,
        "PYTHONUNBUFFERED": "1",
    }


def manage(var: Path, *arguments: str) -> str:
    """Runs a management command on the folder; what it printed."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=supervisor.ROOT,
        env=environment(var),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"manage.py {' '.join(arguments)}\n{done.stdout}{done.stderr}")
    return done.stdout


def prepared(var: Path) -> Path:
    """A folder as the first `make run` leaves it: migrated, with the two studies.

    One that is ready is taken as it is, and whoever comes meanwhile waits for the first.
    """
    var.mkdir(parents=True, exist_ok=True)
    done = var / "prepared"
    with (var / "preparing").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            manage(var, "prepare")
            done.touch()
    return var


def prepared_place(session: Path) -> Path:
    """`PREPARED_VAR`, kept between runs, or a folder that all workers of this run share."""
    if kept := os.environ.get("PREPARED_VAR"):
        return Path(kept)
    run = session.parent if os.environ.get("PYTEST_XDIST_WORKER") else session
    return run / "prepared"


def copy_of(source: Path, target: Path) -> Path:
    """The same databases, files and secret, to be changed at will; static files are shared."""
    target.mkdir(parents=True, exist_ok=True)
    for name in DATABASES:
        # Through SQLite, so that what still lies in the write-ahead log comes along.
        with (
            closing(sqlite3.connect(source / name)) as old,
            closing(sqlite3.connect(target / name)) as new,
        ):
            old.backup(new)
    for name in ("secret", "demo-password"):
        if (source / name).exists():
            shutil.copy2(source / name, target / name)
    if (source / "files").exists():
        shutil.copytree(source / "files", target / "files", dirs_exist_ok=True)
    (target / "static").symlink_to(source / "static", target_is_directory=True)
    return target


class RunningWorkbench:
    """The web server and the task worker on one folder. `url` has no slash at its end."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.port = free_port()
        self.url = f"http://{supervisor.HOST}:{self.port}"
        self.log = var / "output.log"
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str = "") -> None:
        """Starts that process, or every one of them and waits until the server answers."""
        commands = supervisor.commands(self.port)
        with self.log.open("ab") as output:
            for each in [name] if name else commands:
                self.processes[each] = subprocess.Popen(
                    commands[each],
                    cwd=supervisor.ROOT,
                    env=environment(self.var),
                    stdout=output,
                    stderr=output,
                    start_new_session=True,
                )
        self.wait()

    def wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not supervisor.answers(self.port):
            if time.monotonic() > deadline:
                raise RuntimeError(f"no answer on {self.url}\n{self.log.read_text()[-2000:]}")
            time.sleep(0.05)

    def kill(self, name: str) -> None:
        """Ends a process and its children as a power cut would."""
        os.killpg(self.processes[name].pid, signal.SIGKILL)
        self.processes[name].wait()

    def family(self, name: str) -> list[int]:
        """The process and its descendants."""
        found, look = [], [self.processes[name].pid]
        while look:
            current = look.pop()
            found.append(current)
            for task in Path(f"/proc/{current}/task").glob("*/children"):
                look += [int(child) for child in task.read_text().split()]
        return found

    def stop(self) -> None:
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    @contextmanager
    def database(self) -> Iterator[sqlite3.Connection]:
        """A look at the data from outside, past the server."""
        with closing(sqlite3.connect(self.var / DATABASES[0], timeout=20)) as base:
            yield base


@contextmanager
def running(var: Path) -> Iterator[RunningWorkbench]:
    workbench = RunningWorkbench(var)
    try:
        workbench.start()
        yield workbench
    finally:
        workbench.stop()
