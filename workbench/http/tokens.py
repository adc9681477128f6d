"""API sign-in: the session of the page, or a bearer token. Never a token in the URL."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer, SessionAuth

from workbench.domain.tokens import digest
from workbench.models import Token


class TokenAuth(HttpBearer):
    def authenticate(self, request: HttpRequest, token: str) -> Any | None:
        found = (
            Token.objects.select_related("user")
            .filter(digest=digest(token), revoked_at__isnull=True, user__is_active=True)
            .first()
        )
        if found is None:
            return None
        Token.objects.filter(pk=found.pk).update(last_used_at=timezone.now())
        request.user = found.user
        return found.user


class PageAuth(SessionAuth):
    """The page's session, guarded against forged requests; who brings a token has none."""

    def __call__(self, request: HttpRequest) -> Any | None:
        return None if "Authorization" in request.headers else super().__call__(request)


API_AUTH = [PageAuth(), TokenAuth()]
