"""Verbs of tokens: what a script signs in with."""

import hashlib
import secrets
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from workbench.errors import Invalid, Missing
from workbench.models import Token, User

NAME_LENGTH = 100


def digest(secret: str) -> str:
    """What is stored of a token; the secret itself has 256 random bits and needs no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()


def create_token(*, user: User, name: str) -> tuple[Token, str]:
    """A new token and its secret, which is told this once and stored nowhere."""
    name = " ".join(name.split())
    if not name or len(name) > NAME_LENGTH:
        raise Invalid(_("Give the token a name of at most 100 characters."), code="name")
    secret = secrets.token_urlsafe(32)
    return Token.objects.create(user=user, name=name, digest=digest(secret)), secret


def revoke_token(*, user: User, token_id: UUID) -> Token:
    """Ends a token; asking again is the same. Raises Missing for another person's."""
    token = Token.objects.filter(pk=token_id, user=user).first()
    if token is None:
        raise Missing
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
    return token


def revoke_all(*, user: User) -> None:
    """Ends every token of the person."""
    Token.objects.filter(user=user, revoked_at__isnull=True).update(revoked_at=timezone.now())


def live_tokens(user: User) -> list[Token]:
    """The person's tokens that still open the door, newest first."""
    return list(Token.objects.filter(user=user, revoked_at__isnull=True).order_by("-created_at"))
