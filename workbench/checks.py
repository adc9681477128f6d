"""System checks: no route without a declared permission, no file that others may read."""

import inspect
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.db import connections
from django.urls import URLPattern, URLResolver, get_resolver
from ninja.operation import Operation, PathView

from workbench.access.views import DECLARED_INCLUDES, StudyView
from workbench.files.private import is_open, parts_of_database

Route = tuple[str, URLPattern]


def routes(patterns: Sequence[Any] | None = None, prefix: str = "") -> Iterator[Route]:
    """Every route of the site with its whole path, but those of declared includes."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            if not _declared(pattern):
                yield from routes(pattern.url_patterns, path)
        else:
            yield path, pattern


def _declared(resolver: URLResolver) -> bool:
    name = getattr(resolver.urlconf_name, "__name__", str(resolver.urlconf_name))
    return (
        name in DECLARED_INCLUDES
        or resolver.app_name == "admin"
        or ((resolver.namespace or "").startswith("api-"))
    )


@register("access")
def every_route_declares_access(**kwargs: Any) -> list[CheckMessage]:
    return [
        Error(
            f"{path} declares no permission",
            hint="Use StudyView, SignedInView or OpenView.",
            id="access.E001",
        )
        for path, pattern in routes()
        if not declares_access(pattern.callback)
    ]


@register("access")
def every_operation_declares_access(**kwargs: Any) -> list[CheckMessage]:
    return [
        Error(
            f"{'/'.join(operation.methods)} {path} declares no permission",
            hint="Use @permitted or @signed_in.",
            id="access.E002",
        )
        for path, operation in api_operations()
        if not hasattr(operation.view_func, "permission")
    ]


def api_operations() -> Iterator[tuple[str, Operation]]:
    """Every operation of the API with its whole path; the API's own documents have none."""
    for resolver in get_resolver().url_patterns:
        if isinstance(resolver, URLResolver) and (resolver.namespace or "").startswith("api-"):
            for path, pattern in routes(resolver.url_patterns, str(resolver.pattern)):
                for operation in _operations(pattern.callback):
                    yield path, operation


def _operations(callback: Any) -> list[Operation]:
    # The framework hands out a closure over its PathView and offers no other way to it.
    if not inspect.isfunction(callback):
        return []
    path_view = inspect.getclosurevars(callback).nonlocals.get("self")
    return path_view.operations if isinstance(path_view, PathView) else []


def declares_access(view: Any) -> bool:
    view_class = getattr(view, "view_class", None)
    if view_class is None:
        return hasattr(view, "audience")
    if issubclass(view_class, StudyView):
        return getattr(view_class, "permission", None) is not None
    return hasattr(view_class, "audience")


@register("files")
def what_is_kept_is_private(**kwargs: Any) -> list[CheckMessage]:
    return [
        Warning(
            f"Other accounts of this machine have rights on {path}",
            hint="`manage.py prepare` takes them away, when the file is yours.",
            id="files.W001",
        )
        for path in private_paths()
        if is_open(path)
    ]


def private_paths() -> list[Path]:
    """The folders of what is kept, and the database files, as far as they are there."""
    paths = [settings.VAR.resolve(), settings.MEDIA_ROOT.resolve()]
    for database in connections.all():
        if database.vendor == "sqlite":
            paths += parts_of_database(Path(database.settings_dict["NAME"]))
    return [path for path in paths if path.exists()]
