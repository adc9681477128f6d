"""The one door for API operations, the twin of `StudyView` for pages."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest

from workbench.access.permissions import Permission
from workbench.access.views import require
from workbench.errors import Missing
from workbench.models import Member, User

# From the operation's arguments to the id of the study it concerns, or to a query that gives
# it and so costs none of its own; None: there is none.
Finder = Callable[[Mapping[str, Any]], UUID | QuerySet[Any, Any] | None]


class MemberRequest(HttpRequest):
    """The request an operation gets once its permission is granted."""

    member: Member


def permitted(
    permission: Permission, *, find: Finder | None = None
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Grants the operation to members whose role the table permits; 404 to everyone else.

    The study is named by the path's `slug`, or found by `find` through the object it names.
    """

    def decorate(operation: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(operation)
        def guarded(request: MemberRequest, **arguments: Any) -> Any:
            request.member = _membership(request, arguments, find)
            require(request.member, permission)
            return operation(request, **arguments)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def signed_in(operation: Callable[..., Any]) -> Callable[..., Any]:
    """Declares an operation that concerns no study; the API's sign-in is all it needs."""
    operation.permission = None  # type: ignore[attr-defined]
    return operation


def signed_in_user(request: HttpRequest) -> User:
    """The person; the API's sign-in has let nobody else come this far."""
    assert isinstance(request.user, User)
    return request.user


def _membership(request: HttpRequest, arguments: Mapping[str, Any], find: Finder | None) -> Member:
    if find is None:
        criteria: dict[str, Any] = {"study__slug": arguments["slug"]}
    else:
        found = find(arguments)
        criteria = {"study_id__in": found if isinstance(found, QuerySet) else [found]}
    member = (
        Member.objects.select_related("study", "user")
        .filter(user=signed_in_user(request), **criteria)
        .first()
    )
    if member is None:
        raise Missing
    return member
