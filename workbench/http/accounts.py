"""Sign-up is closed unless a site opens it."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from workbench.domain.tokens import revoke_all
from workbench.http.language import remember_language


class ClosedAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return bool(settings.ACCOUNT_SIGNUP_OPEN)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if user.language:
            remember_language(response, user.language)
        return response

    def set_password(self, user: Any, password: str) -> None:
        """Whoever changes a password may have lost the old one: its tokens end with it."""
        with transaction.atomic():
            super().set_password(user, password)
            revoke_all(user=user)
