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


def refusal(race: Race) -> str | None:
    """The code that the second was refused with, started while the first is not yet committed.

    A verb that looks before it waits has then looked too early, every time and not now and then.
    """
    with ThreadPoolExecutor(max_workers=1) as elsewhere:
        with transaction.atomic():
            race.first()
            waiting = elsewhere.submit(_act, race.second)
            time.sleep(HELD_SECONDS)
        refused = waiting.result(timeout=20)
    return refused.code if refused else None


def _act(act: Act) -> WorkbenchError | None:
    try:
        act()
    except WorkbenchError as error:
        return error
    finally:
        connections.close_all()
    return None
