"""API sign-in: the session of the page, or a bearer token. Never a token in the URL."""

import logging
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, transaction
from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer, SessionAuth

from workbench.domain.tokens import digest
from workbench.errors import AnotherPerson
from workbench.models import Token

logger = logging.getLogger(__name__)
MARK_EVERY = timedelta(minutes=1)


class TokenAuth(HttpBearer):
    def authenticate(self, request: HttpRequest, token: str) -> Any | None:
        found = (
            Token.objects.select_related("user")
            .filter(digest=digest(token), revoked_at__isnull=True, user__is_active=True)
            .first()
        )
        if found is None:
            return None
        mark_used(found)
        request.user = found.user
        return found.user


def mark_used(token: Token) -> None:
    """Keeps the minute of the last use. Reading does not fail for want of this mark."""
    now = timezone.now()
    if token.last_used_at is None or now - token.last_used_at > MARK_EVERY:
        try:
            with transaction.atomic():
                Token.objects.filter(pk=token.pk).update(last_used_at=now)
        except DatabaseError:
            logger.warning("the use of token %s was not kept", token.pk)


class PageAuth(SessionAuth):
    """The page's session, guarded against forged requests; who brings a token has none.

    A page that stays open outlives its session, and the next one in the same browser may be
    somebody else's. Such a page names in `X-Person` whom it acts for; nobody acts for another.
    """

    def __call__(self, request: HttpRequest) -> Any | None:
        if "Authorization" in request.headers:
            return None
        user = super().__call__(request)
        meant = request.headers.get("X-Person")
        if user and meant and meant != str(user.pk):
            raise AnotherPerson
        return user


API_AUTH = [PageAuth(), TokenAuth()]
