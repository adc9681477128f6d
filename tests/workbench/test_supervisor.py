"""What `make run` says and does around its processes."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from workbench import supervisor

pytestmark = pytest.mark.pure

# Watches two processes that write their id and then sleep; the folder is the last argument.
WATCHING = """
import sys
from workbench.supervisor import Supervisor
folder = sys.argv[1]
note = (
    "import os, pathlib, sys, time;"
    "pathlib.Path(sys.argv[1]).write_text(str(os.getpid()));"
    "time.sleep(60)"
)
supervisor = Supervisor(
    {name: [sys.executable, "-c", note, f"{folder}/{name}"] for name in ("web", "worker")}
)
supervisor.start_all()
supervisor.watch()
"""
PATIENCE_SECONDS = 30


@pytest.fixture
def watching(tmp_path: Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-c", WATCHING, str(tmp_path)],
        cwd=supervisor.ROOT,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )


def noted(path: Path, other_than: int = 0) -> int:
    """The process id in the file, once there is one."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if path.exists() and (text := path.read_text()) and int(text) != other_than:
            return int(text)
        time.sleep(0.05)
    raise AssertionError(f"{path.name} did not start")


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_one_signal_ends_every_process(
    watching: "subprocess.Popen[bytes]", tmp_path: Path, signum: signal.Signals
) -> None:
    children = [noted(tmp_path / name) for name in ("web", "worker")]
    watching.send_signal(signum)
    watching.communicate(timeout=PATIENCE_SECONDS)
    assert watching.returncode == 0
    assert not any(lives(child) for child in children)


def test_a_process_that_dies_is_started_again(
    watching: "subprocess.Popen[bytes]", tmp_path: Path
) -> None:
    first = noted(tmp_path / "worker")
    web = noted(tmp_path / "web")
    os.kill(first, signal.SIGKILL)
    assert lives(noted(tmp_path / "worker", other_than=first))
    assert noted(tmp_path / "web") == web
    watching.terminate()
    said, _nothing = watching.communicate(timeout=PATIENCE_SECONDS)
    assert said.decode() == "worker ended (-9); starting it again\n"


@pytest.mark.parametrize("wanted", ["eighty", "0", "65536", "-1"])
def test_a_port_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, wanted: str) -> None:
    monkeypatch.setenv("PORT", wanted)
    with pytest.raises(SystemExit, match="between 1 and 65535"):
        supervisor.port()


@pytest.mark.parametrize("name", ["WEB_PROCESSES", "TASK_WORKERS"])
@pytest.mark.parametrize("wanted", ["abc", "0", "-1", "1.5", "²", "65"])
def test_a_number_of_processes_that_is_none_is_refused_before_anything_is_made(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, wanted: str
) -> None:
    monkeypatch.setenv("WORKBENCH_VAR", str(tmp_path / "var"))
    monkeypatch.setenv(name, wanted)
    with pytest.raises(SystemExit, match=f"{name}=.* between 1 and 64"):
        supervisor.main()
    assert not (tmp_path / "var").exists()


def test_a_port_that_is_taken_is_told_with_another(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("WORKBENCH_VAR", str(tmp_path / "var"))
    with socket.socket() as other:
        other.bind((supervisor.HOST, 0))
        other.listen()
        number = other.getsockname()[1]
        monkeypatch.setenv("PORT", str(number))
        with pytest.raises(SystemExit, match=f"{number} is taken.*PORT={number + 1} make run"):
            supervisor.main()
    assert not (tmp_path / "var" / "workbench.sqlite3").exists()


def test_a_second_start_on_the_folder_is_told_where_the_first_answers(tmp_path: Path) -> None:
    with (
        supervisor.alone(tmp_path, 8123),
        pytest.raises(SystemExit, match=r"//127\.0\.0\.1:8123/"),
        supervisor.alone(tmp_path, 8124),
    ):
        pass
    with supervisor.alone(tmp_path, 8124):
        assert (tmp_path / "running").read_text() == "http://127.0.0.1:8124/"


def test_a_watcher_that_is_killed_leaves_no_process_behind(
    watching: "subprocess.Popen[bytes]", tmp_path: Path
) -> None:
    children = [noted(tmp_path / name) for name in ("web", "worker")]
    watching.kill()
    watching.communicate(timeout=PATIENCE_SECONDS)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while any(lives(child) for child in children):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_folder_that_is_none_is_told_with_the_way_to_another(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("WORKBENCH_VAR", str(tmp_path / "file"))
    with pytest.raises(SystemExit, match=r"file: File exists\. .* WORKBENCH_VAR="):
        supervisor.main()
