"""Pages of a list in the API: a cursor that keeps its place while rows come and go."""

import base64
import binascii
import json
from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _
from ninja import Field, Schema

from workbench.errors import Invalid

LARGEST = 200
USUAL = 100

Row = TypeVar("Row", bound=Model)
Out = TypeVar("Out")


class Window(Schema):
    """Which part of a list: `after` is the `next` of the page before."""

    after: Annotated[str, Field(max_length=200)] = ""
    limit: Annotated[int, Field(ge=1, le=LARGEST)] = USUAL


class PageOf(Schema, Generic[Out]):
    """Some of a list; `next` is None at its end."""

    items: list[Out]
    next: str | None


def page_of(
    rows: QuerySet[Row, Any], window: Window, present: Callable[[list[Row]], list[Out]]
) -> dict[str, Any]:
    """The rows after the cursor, oldest first, made presentable together.

    Rows need `created_at` and a UUID as key. Raises Invalid `bad_cursor`.
    """
    ordered = rows.order_by("created_at", "pk")
    if window.after:
        made, key = _place(window.after)
        ordered = ordered.filter(Q(created_at__gt=made) | Q(created_at=made, pk__gt=key))
    found = list(ordered[: window.limit + 1])
    shown = found[: window.limit]
    following = _cursor(shown[-1]) if len(found) > window.limit else None
    return {"items": present(shown), "next": following}


def _cursor(row: Any) -> str:
    place = json.dumps([row.created_at.isoformat(), str(row.pk)])
    return base64.urlsafe_b64encode(place.encode()).decode()


def _place(cursor: str) -> tuple[datetime, UUID]:
    try:
        made, key = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        place = datetime.fromisoformat(made), UUID(key)
        if place[0].tzinfo is None:
            raise ValueError
        return place
    except (ValueError, TypeError, AttributeError, RecursionError, binascii.Error):
        raise Invalid(_("This cursor is not one of ours."), code="bad_cursor") from None
