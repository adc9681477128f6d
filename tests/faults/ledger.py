"""What a client knows: what it sent, and what the server said it had."""

import http.client
import random
import threading
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.running.client import Client
from tests.running.workbench import PASSWORD, RunningWorkbench

CREATED, AGAIN = 201, 200


@dataclass
class Ledger:
    """Requests by coding id; those the server acknowledged."""

    sent: dict[uuid.UUID, dict[str, Any]] = field(default_factory=dict)
    acknowledged: set[uuid.UUID] = field(default_factory=set)
    refused: list[str] = field(default_factory=list)

    @property
    def unanswered(self) -> set[uuid.UUID]:
        return set(self.sent) - self.acknowledged


@dataclass(frozen=True)
class Ground:
    """What may be coded: a document's revision, its length, and the codes there are."""

    document: str
    revision: str
    length: int
    codes: Sequence[str]


def ground_of(workbench: RunningWorkbench) -> Ground:
    with workbench.database() as base:
        document, revision, length, study = base.execute(
            "SELECT d.id, r.id, r.length, d.study_id FROM interviews_document d "
            "JOIN interviews_documentrevision r ON r.id = d.current_revision_id "
            "JOIN workbench_study s ON s.id = d.study_id "
            "WHERE s.slug = 'demo' AND d.removed_at IS NULL ORDER BY r.length DESC"
        ).fetchone()
        codes = base.execute(
            "SELECT id FROM coding_code WHERE study_id = ? AND removed_at IS NULL", (study,)
        ).fetchall()
    return Ground(
        str(uuid.UUID(document)),
        str(uuid.UUID(revision)),
        length,
        [str(uuid.UUID(each)) for (each,) in codes],
    )


class Writer(threading.Thread):
    """Codes one passage after another until it is stopped, and keeps its ledger."""

    def __init__(self, client: Client, ground: Ground, seed: int) -> None:
        super().__init__()
        self.client, self.ground = client, ground
        self.chance = random.Random(seed)
        self.ledger = Ledger()
        self.stopped = threading.Event()

    def run(self) -> None:
        while not self.stopped.is_set():
            identity = uuid.UUID(int=self.chance.getrandbits(128), version=4)
            start = self.chance.randrange(self.ground.length - 90)
            self.ledger.sent[identity] = {
                "document": self.ground.document,
                "revision": self.ground.revision,
                "start": start,
                "end": start + self.chance.randint(5, 90),
                "code": self.chance.choice(self.ground.codes),
            }
            try:
                self.deliver(identity)
            except (OSError, http.client.HTTPException):
                # Nobody answers: the queue of the page waits, and so does this client.
                self.client.close()
                self.stopped.wait(0.1)

    def deliver(self, identity: uuid.UUID) -> int:
        """Sends the request once more; raises when no answer came."""
        answer = self.client.send("PUT", f"/api/v1/codings/{identity}", self.ledger.sent[identity])
        if answer.status in {CREATED, AGAIN}:
            self.ledger.acknowledged.add(identity)
        else:
            self.ledger.refused.append(f"{answer.status} {answer.text[:200]}")
        return answer.status


def writers(workbench: RunningWorkbench, count: int) -> list[Writer]:
    ground = ground_of(workbench)
    people = ("coder", "second-coder")
    return [
        Writer(Client(workbench.port).sign_in(people[n % 2], PASSWORD), ground, seed=n)
        for n in range(count)
    ]
