"""What `make run` starts: the web server and one task worker, watched together.

Imports no Django, so that the watcher itself stays small; what needs Django runs as a child.
"""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parents[1]
STOP_SECONDS = 10
RESTART_PAUSE_SECONDS = 2
LOOK_SECONDS = 0.3
START_SECONDS = 60
HOST = "127.0.0.1"


def environment() -> dict[str, str]:
    settings = os.environ.get("DJANGO_SETTINGS_MODULE", "workbench.settings.local")
    return {**os.environ, "DJANGO_SETTINGS_MODULE": settings, "PYTHONUNBUFFERED": "1"}


def port() -> int:
    """The port of `PORT`, 8000 without. Ends the program with a reason when it is of no use."""
    wanted = os.environ.get("PORT", "") or "8000"
    if not wanted.isdecimal() or not 0 < int(wanted) < 65536:
        sys.exit(f"PORT={wanted} is no port. Choose a number between 1 and 65535.")
    if answers(int(wanted)):
        sys.exit(f"Port {wanted} is taken. Choose another: PORT={int(wanted) + 1} make run")
    return int(wanted)


def answers(number: int) -> bool:
    """Whether something listens on the port."""
    with socket.socket() as attempt:
        attempt.settimeout(1)
        return attempt.connect_ex((HOST, number)) == 0


def prepare() -> None:
    """Migrates both databases, gathers static files and loads the demo into an empty one."""
    variables = environment()
    # Made once and kept, so that the sign-ins printed at the first start stay true.
    variables.setdefault("DEMO_PASSWORD", demo_password())
    subprocess.run([sys.executable, "manage.py", "prepare"], cwd=ROOT, env=variables, check=True)


def demo_password() -> str:
    var = Path(os.environ.get("WORKBENCH_VAR", ROOT / "var"))
    var.mkdir(parents=True, exist_ok=True)
    kept = var / "demo-password"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(9))
    return kept.read_text().strip()


def commands(number: int) -> dict[str, list[str]]:
    """Name -> command of each process; the web server listens on that port, loopback only."""
    web = [
        sys.executable, "-m", "gunicorn", "workbench.wsgi:application",
        "--bind", f"{HOST}:{number}",
        "--workers", os.environ.get("WEB_PROCESSES", "1"),
        "--worker-class", "gthread", "--threads", "8",
        "--timeout", "60", "--graceful-timeout", "5", "--keep-alive", "20", "--no-control-socket",
        "--log-level", "warning",
    ]  # fmt: skip
    worker = [sys.executable, "manage.py", "db_worker", "--interval", "0.3"]
    count = int(os.environ.get("TASK_WORKERS", "1"))
    workers = {f"worker {n}": worker for n in range(1, count + 1)}
    return {"web server": web, **workers}


class Supervisor:
    """Starts every command, starts again what dies, stops all of them together."""

    def __init__(self, processes: dict[str, list[str]]) -> None:
        self.processes = processes
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.stopping = False

    def start(self, name: str) -> None:
        # A session of its own: Ctrl-C reaches the watcher alone, which ends them in order.
        self.running[name] = subprocess.Popen(
            self.processes[name], cwd=ROOT, env=environment(), start_new_session=True
        )

    def stop(self, signum: int = signal.SIGTERM, frame: FrameType | None = None) -> None:
        self.stopping = True

    def start_all(self) -> None:
        for signum in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(signum, self.stop)
        for name in self.processes:
            self.start(name)

    def wait_for(self, number: int) -> None:
        """Until the web server answers on the port, or it is clear that it does not."""
        deadline = time.monotonic() + START_SECONDS
        while not self.stopping and not answers(number) and time.monotonic() < deadline:
            time.sleep(LOOK_SECONDS / 3)

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


def main() -> None:
    number = port()
    prepare()
    supervisor = Supervisor(commands(number))
    supervisor.start_all()
    supervisor.wait_for(number)
    if not supervisor.stopping:
        print(f"\n  The workbench is at http://{HOST}:{number}/   Ctrl-C ends it.\n", flush=True)
    supervisor.watch()


if __name__ == "__main__":
    main()
