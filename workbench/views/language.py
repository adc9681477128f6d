"""Choosing the language of the pages."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from workbench.access.views import OpenView
from workbench.http.language import remember_language
from workbench.models import User


class LanguageView(OpenView):
    def post(self, request: HttpRequest) -> HttpResponse:
        target = request.POST.get("next", "/")
        if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
            target = "/"
        response = HttpResponseRedirect(target)
        language = request.POST.get("language", "")
        if language in dict(settings.LANGUAGES):
            remember_language(response, language)
            if isinstance(request.user, User):
                request.user.language = language
                request.user.save(update_fields=["language"])
        return response
