"""Two people who act in the same moment, each on a connection of their own."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connections, transaction

from workbench.errors import WorkbenchError

Act = Callable[[], object]
# Long enough for the second to come as far as it can.
HELD_SECONDS = 0.2


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
