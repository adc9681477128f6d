"""Two people who act in the same moment, each on a connection of their own."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.db import connections, transaction

from interviews.models import Case, Document
from tests.factories.studies import Cast
from workbench.errors import WorkbenchError
from workbench.models import Member

Act = Callable[[], object]
# Long enough for the second to come as far as it can.
HELD_SECONDS = 0.2


@dataclass(frozen=True)
class Field:
    """What the two act on."""

    cast: Cast
    case: Case
    document: Document

    @property
    def coder(self) -> Member:
        return self.cast.coder

    @property
    def lead(self) -> Member:
        return self.cast.lead


@dataclass(frozen=True)
class Race:
    """`refused` is the code of the error that the second gets, if any."""

    first: Act
    second: Act
    stands: Callable[[], bool]
    refused: str | None = None


RaceAt = Callable[[Field], Race]


def run(race: Race) -> None:
    """Checks that the two ended as if one had acted after the other."""
    refusal = overlapping(race.first, race.second)
    assert (refusal.code if refusal else None) == race.refused
    assert race.stands()


def overlapping(first: Act, second: Act) -> WorkbenchError | None:
    """Starts `second` while `first` is done but not committed; what `second` was refused with.

    A verb that looks before it waits has then looked too early, every time and not now and then.
    """
    with ThreadPoolExecutor(max_workers=1) as elsewhere:
        with transaction.atomic():
            first()
            waiting = elsewhere.submit(_act, second)
            time.sleep(HELD_SECONDS)
        return waiting.result(timeout=20)


def _act(act: Act) -> WorkbenchError | None:
    try:
        act()
    except WorkbenchError as refusal:
        return refusal
    finally:
        connections.close_all()
    return None
