"""The server dies while people code: what it said it had, it has; the rest is sent again."""

import json
import time
import uuid

from tests.faults.ledger import AGAIN, CREATED, Writer, writers
from tests.running.workbench import RunningWorkbench

PEOPLE = 4
ROUNDS = 5
BURST_SECONDS = 1.5
CODINGS = "SELECT c.id, p.start, p.end, c.code_id FROM coding_coding c JOIN coding_placement p ON "


def test_no_acknowledged_coding_is_lost_when_the_server_is_killed(
    workbench: RunningWorkbench,
) -> None:
    before = coding_ids(workbench)
    people = writers(workbench, PEOPLE)
    for person in people:
        person.start()
    for _round in range(ROUNDS):
        time.sleep(BURST_SECONDS)
        workbench.kill("web server")
        workbench.start("web server")
    time.sleep(BURST_SECONDS)
    for person in people:
        person.stopped.set()
    for person in people:
        person.join()
        assert refusals(person) == []

    sent = {identity for person in people for identity in person.ledger.sent}
    acknowledged = {identity for person in people for identity in person.ledger.acknowledged}
    assert len(acknowledged) > PEOPLE * ROUNDS
    kept = coding_ids(workbench) - before
    assert acknowledged <= kept
    assert kept <= sent

    statuses = replay(people)
    assert set(statuses) <= {CREATED, AGAIN}
    after = coding_ids(workbench) - before
    assert after == {identity for person in people for identity in person.ledger.acknowledged}
    for person in people:
        person.client.close()
    assert every_coding_is_what_was_asked(workbench, people)
    assert history_matches(workbench, after)
    assert sound(workbench)


def refusals(person: Writer) -> list[str]:
    """A passage drawn twice by one person is refused rightly; nothing else may be."""
    return [each for each in person.ledger.refused if '"duplicate"' not in each]


def replay(people: list[Writer]) -> list[int]:
    """Sends everything again, acknowledged or not, as a page does that comes back."""
    statuses = []
    for person in people:
        refused = {
            identity
            for identity in person.ledger.unanswered
            if person.deliver(identity) not in {CREATED, AGAIN}
        }
        statuses += [
            person.deliver(identity) for identity in person.ledger.sent if identity not in refused
        ]
    return statuses


def coding_ids(workbench: RunningWorkbench) -> set[uuid.UUID]:
    with workbench.database() as base:
        return {uuid.UUID(each) for (each,) in base.execute("SELECT id FROM coding_coding")}


def every_coding_is_what_was_asked(workbench: RunningWorkbench, people: list[Writer]) -> bool:
    with workbench.database() as base:
        rows = base.execute(f"{CODINGS} p.excerpt_id = c.excerpt_id").fetchall()
    kept = {uuid.UUID(row[0]): (row[1], row[2], str(uuid.UUID(row[3]))) for row in rows}
    return all(
        kept[identity] == (asked["start"], asked["end"], asked["code"])
        for person in people
        for identity, asked in person.ledger.sent.items()
        if identity in person.ledger.acknowledged
    )


def history_matches(workbench: RunningWorkbench, codings: set[uuid.UUID]) -> bool:
    """One entry for each coding, with the same offsets, and no number twice or left out."""
    with workbench.database() as base:
        entries = base.execute(
            "SELECT subject, after FROM workbench_historyentry "
            "WHERE noun = 'coding' AND action = 'coded'"
        ).fetchall()
        numbers = [
            number
            for (number,) in base.execute(
                "SELECT h.number FROM workbench_historyentry h JOIN workbench_study s "
                "ON s.id = h.study_id WHERE s.slug = 'demo' ORDER BY h.number"
            )
        ]
    told = [uuid.UUID(subject) for subject, after in entries if json.loads(after)["start"] >= 0]
    return (
        len(told) == len(set(told))
        and codings <= set(told)
        and numbers == list(range(1, len(numbers) + 1))
    )


def sound(workbench: RunningWorkbench) -> bool:
    """SQLite finds nothing broken, and every quote says what its revision says there."""
    with workbench.database() as base:
        integrity = base.execute("PRAGMA integrity_check").fetchall()
        foreign = base.execute("PRAGMA foreign_key_check").fetchall()
        wrong = base.execute(
            "SELECT count(*) FROM coding_placement p JOIN interviews_documentrevision r "
            "ON r.id = p.revision_id WHERE p.quote <> substr(r.text, p.start + 1, p.end - p.start)"
        ).fetchone()
    return integrity == [("ok",)] and foreign == [] and wrong == (0,)
