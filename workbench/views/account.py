"""A person's own account: name, language, password, and tokens for scripts."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from workbench.access.views import SignedInView
from workbench.domain.accounts import change_account
from workbench.domain.tokens import create_token, live_tokens, revoke_token
from workbench.forms.account import AccountForm, TokenForm
from workbench.http.language import remember_language


class AccountPage(SignedInView, TemplateView):
    template_name = "workbench/account_me.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        values: dict[str, Any] = {
            "form": AccountForm(initial={"name": self.user.name, "language": self.user.language}),
            "token_form": TokenForm(),
            "tokens": live_tokens(self.user),
        }
        return super().get_context_data(**(values | kwargs))


class AccountView(AccountPage):
    def post(self, request: HttpRequest) -> HttpResponse:
        form = AccountForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        user = change_account(user=self.user, **form.cleaned_data)
        response = redirect("account")
        if user.language:
            remember_language(response, user.language)
        else:
            response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
        messages.success(request, _("Your account is saved."))
        return response


class TokensView(AccountPage):
    """Answers with the secret itself: no address and no session ever holds it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        form = TokenForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(token_form=form))
        token, secret = create_token(user=self.user, name=form.cleaned_data["token_name"])
        return self.render_to_response(self.get_context_data(new_token=token, secret=secret))


class TokenRevokeView(SignedInView):
    def post(self, request: HttpRequest, token: UUID) -> HttpResponse:
        ended = revoke_token(user=self.user, token_id=token)
        messages.success(request, _("“%(name)s” opens nothing any more.") % {"name": ended.name})
        return redirect("account")
