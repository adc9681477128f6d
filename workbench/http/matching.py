"""If-Match: which version the client saw."""

import re

from django.http import HttpRequest

from workbench.errors import Invalid, PreconditionRequired

_ENTITY_TAG = re.compile(r'(?:W/)?"?(\d{1,9})"?')


def version_seen(request: HttpRequest) -> int:
    """The version in `If-Match`, bare or as an entity tag.

    Raises PreconditionRequired without one, Invalid `bad_version` for anything else.
    """
    given = request.headers.get("If-Match")
    if given is None:
        raise PreconditionRequired
    found = _ENTITY_TAG.fullmatch(given.strip())
    if found is None:
        raise Invalid(code="bad_version")
    return int(found[1])
