"""Composition of the API: one NinjaAPI, the apps' routers, the errors' one mapping."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from coding.api import endpoints as coding
from interviews.api import endpoints as interviews
from workbench.errors import Invalid, WorkbenchError
from workbench.http import jobs
from workbench.http.problems import problem
from workbench.http.tokens import API_AUTH

api = NinjaAPI(
    title="Interview Coding Workbench",
    version="1.0.0",
    urls_namespace="api-1",
    auth=API_AUTH,
    docs_url="/docs",
    openapi_url="/openapi.json",
)


@api.exception_handler(WorkbenchError)
def on_domain_error(request: HttpRequest, error: WorkbenchError) -> HttpResponse:
    return problem(error)


@api.exception_handler(ValidationError)
def on_validation_error(request: HttpRequest, error: ValidationError) -> HttpResponse:
    fields = [
        {"field": ".".join(str(part) for part in item["loc"]), "problem": item["msg"]}
        for item in error.errors
    ]
    return problem(Invalid(fields=fields))


@api.exception_handler(HttpError)
def on_http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    """The framework's own refusals: no sign-in, a body that is no JSON."""
    known = {401: "not_signed_in", 403: "forbidden", 429: "throttled"}
    # What the framework says is English; what happens often is said in the person's language.
    told = {
        400: _("The request's body could not be read."),
        401: _("Sign in, or send a token."),
        403: _("The request did not come from our page."),
    }
    refused = WorkbenchError(
        told.get(error.status_code, error.message), code=known.get(error.status_code, "invalid")
    )
    refused.status = error.status_code
    return problem(refused)


for _router in (jobs.router, interviews.router, coding.router):
    api.add_router("", _router)
