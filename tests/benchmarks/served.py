"""Rows measured through real HTTP, signed in, against the processes of `make run`."""

import itertools
import random
import statistics
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tests.benchmarks import limits
from tests.benchmarks.corpus import SIZES, SLUG
from tests.benchmarks.measure import Row, family, megabytes, peak_of, row, timed
from tests.running.client import Answer, Client
from tests.running.workbench import PASSWORD, RunningWorkbench, environment

JOB_SECONDS = 300
SAVE_EVERY_SECONDS = 0.05
COLUMNS = 28


class NotThere(Exception):
    """The page or route that a row measures does not answer as it should."""


@dataclass
class Bench:
    """A running workbench on a filled database of `size`."""

    workbench: RunningWorkbench
    size: str

    def client(self, username: str) -> Client:
        return Client(self.workbench.port).sign_in(username, PASSWORD)

    def documents(self) -> list[uuid.UUID]:
        with self.workbench.database() as base:
            found = base.execute(
                "SELECT id FROM interviews_document ORDER BY created_at"
            ).fetchall()
        return [uuid.UUID(each) for (each,) in found]

    def codes(self) -> list[uuid.UUID]:
        with self.workbench.database() as base:
            found = base.execute('SELECT id FROM coding_code ORDER BY "order"').fetchall()
        return [uuid.UUID(each) for (each,) in found]


def expect(answer: Answer, *statuses: int) -> Answer:
    if answer.status not in statuses:
        raise NotThere(f"{answer.status}: {answer.text[:200]}")
    return answer


class Saver:
    """Codes one random passage after another, as the coding page does.

    Never one that is coded already, which would be refused: each saver's passages have a length
    of their own, no two begin at the same place, and those of the corpus are left out.
    """

    lengths = itertools.count(60)

    def __init__(self, bench: Bench, username: str, seed: int) -> None:
        self.client = bench.client(username)
        self.chance = random.Random(seed)
        self.codes = bench.codes()
        self.length = next(self.lengths)
        self.document = bench.documents()[0]
        about = expect(self.client.get(f"/api/v1/documents/{self.document}"), 200).json()
        self.revision: str = about["revision"]
        with bench.workbench.database() as base:
            (characters,) = base.execute(
                "SELECT length FROM interviews_documentrevision WHERE document_id = ?",
                (self.document.hex,),
            ).fetchone()
            coded = base.execute(
                'SELECT start FROM coding_placement WHERE revision_id = ? AND "end" - start = ?',
                (uuid.UUID(self.revision).hex, self.length),
            ).fetchall()
        self.starts = list(set(range(characters - self.length)) - {start for (start,) in coded})
        self.chance.shuffle(self.starts)

    def request(self) -> dict[str, Any]:
        start = self.starts.pop()
        return {
            "document": str(self.document),
            "revision": self.revision,
            "start": start,
            "end": start + self.length,
            "code": str(self.chance.choice(self.codes)),
        }

    def save(self) -> float:
        """Saves one coding; how many seconds until the answer was there."""
        answer = self.client.send("PUT", f"/api/v1/codings/{uuid.uuid4()}", self.request())
        return expect(answer, 201).seconds


def idle_memory(bench: Bench) -> Iterator[Row]:
    bench.client("coder").get("/")
    web = family(bench.workbench.processes["web server"].pid)
    everything = [pid for each in bench.workbench.processes.values() for pid in family(each.pid)]
    yield row("web process, idle", "-", [megabytes(web)], unit="MB", budget=110)
    yield row("all processes, idle", "-", [megabytes(everything)], unit="MB", budget=300)


def saving(bench: Bench) -> Iterator[Row]:
    saver = Saver(bench, "coder", 1)
    floor = statistics.median(limits.saves(bench.workbench.var, 200))
    samples = timed(saver.save, runs=150, warm_up=20)
    yield row("save a coding", bench.size, samples, budget=15, limit=floor)


def many_savers(bench: Bench, people: int = 10, seconds: float = 15) -> Iterator[Row]:
    """People who save without a pause between, which is far more than people do."""
    savers = [Saver(bench, "coder" if n % 2 else "second-coder", n) for n in range(people)]
    ends = time.monotonic() + seconds

    def work(saver: Saver) -> list[float]:
        waits = []
        while time.monotonic() < ends:
            waits.append(saver.save() * 1000)
        return waits

    with ThreadPoolExecutor(people) as pool:
        samples = [wait for waits in pool.map(work, savers) for wait in waits]
    yield row(f"save, {people} people at once", bench.size, samples, budget=300)
    # Time per save, so that smaller is better here, too.
    each = seconds * 1000 / len(samples)
    yield row(f"time per save, {people} people", bench.size, [each], budget=20)


def opening(bench: Bench) -> Iterator[Row]:
    client = bench.client("coder")
    # Not the first: the rows about saving have added codings to it.
    document = bench.documents()[1]
    path = f"/studies/{SLUG}/documents/{document}/"
    size = expect(client.get(path), 200).size
    floor = limits.document_codings(bench.workbench.var / "workbench.sqlite3", document)
    name = f"open 9,000 words, {SIZES[bench.size][1]} codings"
    samples = timed(lambda: expect(client.get(path), 200).seconds, runs=40)
    yield row(name, bench.size, samples, budget=40, limit=floor)
    yield row("bytes of it", bench.size, [size / 1000], unit="kB", budget=120)


def correcting(bench: Bench, excerpts: int = 10_000) -> Iterator[Row]:
    """A word put into the middle of a text: everything coded after it moves."""
    made = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.filling", "crowd", str(excerpts)],
        env=environment(bench.workbench.var),
        check=True,
        capture_output=True,
        text=True,
    )
    client, path = bench.client("lead"), f"/api/v1/documents/{made.stdout.strip()}"

    def correct() -> float:
        text = expect(client.get(path), 200).json()
        turn = text["turns"][len(text["turns"]) // 2]
        edit = {"start": turn["start"], "end": turn["start"], "text": "Nå. "}
        body = {"id": str(uuid.uuid4()), "base_revision": text["revision"], "edits": [edit]}
        return expect(client.send("POST", f"{path}/revisions", body), 201).seconds

    name = f"correct a text, {excerpts} excerpts"
    yield row(name, bench.size, timed(correct, runs=5, warm_up=1), budget=2000)


def excerpts(bench: Bench) -> Iterator[Row]:
    client = bench.client("coder")
    floor = limits.page_of_codings(bench.workbench.var / "workbench.sqlite3")
    code = bench.codes()[0]
    for name, query in (
        ("excerpts, all", ""),
        ("excerpts, one code", f"?code={code}"),
        ("excerpts, a word", "?q=vagtplanen"),
    ):
        path = f"/studies/{SLUG}/excerpts/{query}"
        samples = timed(lambda p=path: expect(client.get(p), 200).seconds, runs=30)  # type: ignore[misc]
        yield row(name, bench.size, samples, budget=60, limit=floor)


def pages(bench: Bench) -> Iterator[Row]:
    """The other pages that people open all day."""
    client = bench.client("lead")
    for name, path, budget in (
        ("overview", "", 100),
        ("codebook", "codebook/", 100),
        ("cases", "cases/", 100),
        ("material", "documents/", 100),
        ("across cases", "across/", 100),
        ("case descriptions", "drafts/", 100),
        ("history", "history/", 100),
    ):
        where = f"/studies/{SLUG}/{path}"
        samples = timed(lambda p=where: expect(client.get(p), 200).seconds, runs=15)  # type: ignore[misc]
        yield row(f"page: {name}", bench.size, samples, budget=budget)


def exporting(bench: Bench) -> Iterator[Row]:
    """The whole study as a workbook, while another person goes on coding."""
    rows = SIZES[bench.size][0] * SIZES[bench.size][1]
    client = bench.client("lead")
    worker = family(bench.workbench.processes["worker 1"].pid)
    with saving_meanwhile(bench) as waits, peak_of(worker) as peak:
        begun = time.perf_counter()
        run_export(client)
        seconds = time.perf_counter() - begun
    floor = limits.workbook(bench.workbench.var, rows, COLUMNS)
    yield row(
        f"XLSX, {rows:,} excerpts",
        bench.size,
        [seconds],
        unit="s",
        budget=8 * rows / 30_000,
        limit=floor,
    )
    yield row("its memory", bench.size, peak, unit="MB", budget=250)
    longest = max(waits, default=0.0) * 1000
    yield row("longest save meanwhile", bench.size, [longest], budget=200)


def run_export(client: Client) -> bytes:
    """Starts the export as the page does, waits for its job, and takes the file."""
    where = f"/studies/{SLUG}/export/"
    started = expect(client.post(where, {"format": "xlsx"}), 302)
    job = started.headers["Location"]
    identity = job.rstrip("/").rsplit("/", 1)[-1]
    ends = time.monotonic() + JOB_SECONDS
    while time.monotonic() < ends:
        state = expect(client.get(f"/api/v1/jobs/{identity}"), 200).json()["state"]
        if state == "done":
            return expect(client.get(f"{job}file/"), 200).body
        if state not in {"queued", "running"}:
            raise NotThere(f"the export ended as {state}")
        time.sleep(0.1)
    raise NotThere("the export did not end")


@contextmanager
def saving_meanwhile(bench: Bench) -> Iterator[list[float]]:
    """Somebody saves twenty times a second; the seconds that each save took."""
    saver, waits, ended = Saver(bench, "coder", 7), [], threading.Event()
    saver.save()

    def work() -> None:
        while not ended.wait(SAVE_EVERY_SECONDS):
            waits.append(saver.save())

    with ThreadPoolExecutor(1) as pool:
        working = pool.submit(work)
        try:
            yield waits
        finally:
            ended.set()
        # A save that was refused fails the row.
        working.result()


ROWS = (idle_memory, opening, excerpts, pages, saving, exporting, correcting, many_savers)
