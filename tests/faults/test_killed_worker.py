"""The worker dies in the middle of an import and of an export; the next one does the work."""

import time
from collections.abc import Callable
from io import BytesIO

from python_calamine import CalamineWorkbook

from tests.faults.uploads import multipart
from tests.running.client import Answer, Client
from tests.running.workbench import RunningWorkbench
from workbench.jobs.workers import ATTEMPTS

SignIn = Callable[[str], Client]
PATIENCE_SECONDS = 90
WORDS = " ".join(["Vi begyndte med ti minutter ved tavlen, og så kom samtalen af sig selv."] * 400)
TRANSCRIPT = "".join(f"Interviewer: Og så?\n\nHjælper {n}: {WORDS}\n\n" for n in range(1, 9))
# What the engine works on: a task of that name for the n-th time.
TAKEN = (
    "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status = 'RUNNING' "
    "AND task_path LIKE '%' || ? AND json_array_length(worker_ids) = ?"
)


def until(met: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not met():
        assert time.monotonic() < deadline, f"never: {what}"
        time.sleep(0.001)


def count(workbench: RunningWorkbench, sql: str, *values: str | int) -> int:
    with workbench.database() as base:
        return int(base.execute(sql, values).fetchone()[0])


def kill_in(workbench: RunningWorkbench, task: str, attempt: int = 1) -> None:
    """Kills the worker in the middle of the task, and starts another."""
    until(lambda: count(workbench, TAKEN, task, attempt) == 1, f"{task} runs")
    workbench.kill("worker 1")
    workbench.start("worker 1")


def ended(client: Client, job: str) -> dict[str, object]:
    """The job once it has ended, as its owner is told."""
    told: dict[str, object] = {}

    def over() -> bool:
        told.update(client.get(f"/api/v1/jobs/{job}").json())
        time.sleep(0.1)
        return told["state"] in {"done", "failed", "cancelled"}

    until(over, "the job ends")
    return told


def start_export(client: Client) -> str:
    started = client.post("/studies/demo/export/", {"format": "xlsx"})
    assert started.status == 302, started.text[:400]
    return started.headers["Location"].rstrip("/").rsplit("/", 1)[-1]


def send_document(client: Client, name: str) -> Answer:
    body, kind = multipart({"case": "tofteby"}, "file", {name: TRANSCRIPT})
    return client.send("POST", "/api/v1/studies/demo/documents", body, headers=kind)


def test_an_export_is_made_by_the_next_worker(
    workbench: RunningWorkbench, signed_in: SignIn
) -> None:
    client = signed_in("lead")
    job = start_export(client)
    kill_in(workbench, "write_excerpts")

    told = ended(client, job)
    assert told["state"] == "done", told
    file = client.get(str(told["file"]))
    sheets = CalamineWorkbook.from_filelike(BytesIO(file.body))
    rows = sheets.get_sheet_by_index(0).to_python()
    codings = count(
        workbench,
        "SELECT count(*) FROM coding_coding c JOIN workbench_study s ON s.id = c.study_id "
        "WHERE s.slug = 'demo' AND c.removed_at IS NULL",
    )
    assert len(rows) == codings + 1
    kept = [path.name for path in (workbench.var / "files" / "jobs" / job).iterdir()]
    assert kept == ["excerpts.xlsx"]


def test_an_import_is_done_once_by_the_next_worker(
    workbench: RunningWorkbench, signed_in: SignIn
) -> None:
    client = signed_in("coder")
    sent = send_document(client, "fokusgruppe.txt")
    assert sent.status == 202, sent.text
    job = sent.json()["id"]
    kill_in(workbench, "import_document")

    told = ended(client, job)
    assert told["state"] == "done", told
    named = "SELECT count(*) FROM interviews_document WHERE title = 'fokusgruppe'"
    assert count(workbench, named) == 1


def test_a_file_attached_on_the_page_is_read_by_the_next_worker(
    workbench: RunningWorkbench, signed_in: SignIn
) -> None:
    client = signed_in("coder")
    body, kind = multipart({}, "chosen", {"fokusgruppe.txt": TRANSCRIPT})
    assert client.send("POST", "/studies/demo/documents/", body, headers=kind).status == 302
    kill_in(workbench, "read_intake")
    ready = "SELECT count(*) FROM interviews_intake WHERE state = 'ready'"
    until(lambda: count(workbench, ready) == 1, "the file is ready")


def test_work_that_kills_every_worker_is_given_up_with_a_word(
    workbench: RunningWorkbench, signed_in: SignIn
) -> None:
    client = signed_in("coder")
    job = send_document(client, "fokusgruppe.txt").json()["id"]
    for attempt in range(1, ATTEMPTS + 1):
        kill_in(workbench, "import_document", attempt)
    told = ended(client, job)
    assert told["state"] == "failed"
    assert told["problem"]
    # The worker lives, and the next piece of work is done as ever.
    lead = signed_in("lead")
    assert ended(lead, start_export(lead))["state"] == "done"
