"""Timing, memory and the table."""

import json
import math
import os
import platform
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path

MEGABYTE = 1024.0


@dataclass(frozen=True)
class Row:
    """One measured thing. `limit` is the raw cost of the same work, None where there is none.

    `p95` equals `value` where a thing is measured once. All in `unit`; smaller is better.
    """

    name: str
    size: str
    value: float
    unit: str
    budget: float | None
    limit: float | None = None
    p95: float = 0.0
    ok: bool = field(init=False)

    def __post_init__(self) -> None:
        within = self.budget is None or self.value <= self.budget
        object.__setattr__(self, "ok", within)


def timed(work: Callable[[], float], *, runs: int, warm_up: int = 3) -> list[float]:
    """Milliseconds of each run; `work` returns its seconds."""
    for _ in range(warm_up):
        work()
    return [work() * 1000 for _ in range(runs)]


def row(
    name: str,
    size: str,
    samples: Sequence[float],
    *,
    unit: str = "ms",
    budget: float | None,
    limit: float | None = None,
) -> Row:
    """The median of the samples against the budget."""
    ordered = sorted(samples)
    p95 = ordered[math.ceil(0.95 * len(ordered)) - 1]
    return Row(name, size, round(statistics.median(ordered), 2), unit, budget, limit, round(p95, 2))


def stopwatch(work: Callable[[], object]) -> float:
    """Seconds that the call takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def family(pid: int) -> list[int]:
    """The process and its descendants."""
    found, look = [], [pid]
    while look:
        current = look.pop()
        found.append(current)
        for task in Path(f"/proc/{current}/task").glob("*/children"):
            look += [int(child) for child in task.read_text().split()]
    return found


def megabytes(pids: Sequence[int]) -> float:
    """Proportional set size: what they share is counted once."""
    return sum(_kilobytes(f"/proc/{pid}/smaps_rollup", "Pss:") for pid in pids) / MEGABYTE


@contextmanager
def peak_of(pids: Sequence[int]) -> Iterator[list[float]]:
    """The highest resident memory of the processes meanwhile, summed, in megabytes."""
    for pid in pids:
        # 5 resets the kernel's own high-water mark, so that nothing has to sample beside the work.
        Path(f"/proc/{pid}/clear_refs").write_text("5")
    peak: list[float] = []
    yield peak
    peak.append(sum(_kilobytes(f"/proc/{pid}/status", "VmHWM:") for pid in pids) / MEGABYTE)


def _kilobytes(path: str, key: str) -> float:
    for line in Path(path).read_text().splitlines():
        if line.startswith(key):
            return float(line.split()[1])
    return 0.0


def machine() -> str:
    memory = _kilobytes("/proc/meminfo", "MemTotal:") / MEGABYTE / MEGABYTE
    versions = ", ".join(f"{name} {version(name)}" for name in ("django", "gunicorn", "xlsxwriter"))
    load = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.release()}, "
        f"load {load:.1f} at the start\n"
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {versions}"
    )


def table(rows: Sequence[Row]) -> str:
    widest = max(len(each.name) for each in rows)
    head = (
        f"{'row':<{widest}}  size     median        p95     budget      limit  ratio  unit  verdict"
    )
    return "\n".join([head, "-" * len(head), *(_line(each, widest) for each in rows)])


def _line(each: Row, widest: int) -> str:
    def figure(value: float | None) -> str:
        return f"{value:>9,.1f}" if value is not None else f"{'-':>9}"

    ratio = f"{each.value / each.limit:>5.1f}" if each.limit else f"{'-':>5}"
    verdict = "ok" if each.ok else "MISSED"
    return (
        f"{each.name:<{widest}}  {each.size:<4}  {figure(each.value)}  {figure(each.p95)}  "
        f"{figure(each.budget)}  {figure(each.limit)}  {ratio}  {each.unit:<4}  {verdict}"
    )


def write_json(rows: Sequence[Row], path: Path) -> None:
    path.write_text(json.dumps([asdict(each) for each in rows], indent=1) + "\n")
