"""Every page and every API operation, asked by everyone, answers as its permission says.

Nothing is listed here: routes and operations are found, expectations are computed from what they
declare, addresses and bodies come from `tests.factories.samples`.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern

from tests.factories.samples import WORD, Samples
from tests.factories.studies import Cast, make_cast, make_user
from workbench.access.permissions import TABLE, Permission
from workbench.access.views import Audience, StudyView
from workbench.checks import api_operations, routes
from workbench.domain.tokens import create_token
from workbench.enums import Role
from workbench.models import Member, User

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
SAFE = ("GET",)
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
PEOPLE = ("anonymous", "stranger", "superuser", "reader", "coder", "lead")


@dataclass(frozen=True)
class Person:
    """Who asks; `role` None: no member of the study, `user` None: not signed in."""

    name: str
    user: User | None
    role: Role | None

    def may(self, permission: Permission) -> bool:
        return self.role is not None and self.role in TABLE[permission]


@dataclass(frozen=True)
class Request:
    """One question, and what it needs: `permission` None: to be signed in, or nothing."""

    method: str
    path: str
    route: str
    permission: Permission | None
    is_open: bool = False
    is_api: bool = False

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def people(cast: Cast) -> dict[str, Person]:
    superuser = make_user("superuser", is_staff=True, is_superuser=True)
    everyone = [
        Person("anonymous", None, None),
        Person("stranger", cast.stranger, None),
        Person("superuser", superuser, None),
        Person("reader", cast.reader.user, Role.READER),
        Person("coder", cast.coder.user, Role.CODER),
        Person("lead", cast.lead.user, Role.LEAD),
    ]
    return {person.name: person for person in everyone}


def page_requests() -> Iterator[Request]:
    for path, pattern in routes():
        for method in _methods(pattern):
            yield Request(method, path, pattern.name or "", *_page_needs(pattern, method))


def _methods(pattern: URLPattern) -> list[str]:
    """GET always, whether the page has it or not; unsafe ones that it has."""
    view = _view(pattern)
    has = [method for method in UNSAFE if method.lower() in view.http_method_names]
    return [*SAFE, *(method for method in has if hasattr(view, method.lower()))]


def _view(pattern: URLPattern) -> Any:
    callback: Any = pattern.callback
    return callback.view_class


def _page_needs(pattern: URLPattern, method: str) -> tuple[Permission | None, bool]:
    view = _view(pattern)
    if issubclass(view, StudyView):
        return view.needed(method), False
    return None, view.audience == Audience.ANYONE


def api_requests() -> Iterator[Request]:
    """Each operation once; the framework names one under every method of its path."""
    seen = set()
    for path, operation in api_operations():
        for method in operation.methods:
            if (method, path) in seen:
                continue
            seen.add((method, path))
            function: Any = operation.view_func
            yield Request(method, path, function.__name__, function.permission, is_api=True)


def ask(
    request: Request, person: Person, samples: Samples, address: str, client: Client | None = None
) -> int:
    """The status of the answer; whatever the request did is undone."""
    cache.clear()
    client = client or signed_in(person)
    with transaction.atomic(), transaction.atomic(using="keystore"):
        if request.is_api and request.method != "GET":
            body = samples.body(request.route)
            given: dict[str, Any] = (
                {"data": body.form}
                if body.form is not None
                else {"data": json.dumps(body.json), "content_type": "application/json"}
            )
        elif request.method == "POST":
            given = {"data": samples.form(request.route) or {}}
        elif request.method == "GET":
            given = {"data": samples.query(request.route)}
        else:
            given = {}
        answer = getattr(client, request.method.lower())(address, **given)
        if answer.streaming:
            b"".join(answer.streaming_content)
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="keystore")
    return int(answer.status_code)


def signed_in(person: Person, *, guarded: bool = False) -> Client:
    """By session; `guarded` minds forged requests as a browser's server does."""
    client = Client(raise_request_exception=False, enforce_csrf_checks=guarded)
    if person.user is not None:
        client.force_login(person.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def with_token(person: Person) -> Client:
    assert person.user is not None
    secret = create_token(user=person.user, name="script")[1]
    headers = {"Authorization": f"Bearer {secret}"}
    return Client(raise_request_exception=False, enforce_csrf_checks=True, headers=headers)


def complaint(request: Request, person: Person, status: int) -> str | None:
    """What is wrong with the answer; None when it is as it must be."""
    refused = _expected_refusal(request, person)
    if refused is not None:
        return None if status == refused else f"{refused} expected"
    if status in (401, 403, 404) or status >= 500:
        return "a welcome expected"
    return None


def _expected_refusal(request: Request, person: Person) -> int | None:
    if request.is_open:
        return None
    if person.user is None:
        return 401 if request.is_api or request.method == "POST" else 302
    if request.permission is None:
        return None
    if person.role is None:
        return 404
    return None if person.may(request.permission) else 403


HIDDEN = frozenset({"styleguide"})  # shown where people develop, and here it must not be


@pytest.mark.parametrize("name", PEOPLE)
def test_every_page_and_operation_answers_as_its_permission_says(
    cast: Cast, people: dict[str, Person], name: str
) -> None:
    samples, person = Samples(cast), people[name]
    wrong = []
    for request in [*page_requests(), *api_requests()]:
        if request.route in HIDDEN:
            continue
        try:
            address = samples.address(request.path, request.route, person.user or cast.lead.user)
            status = ask(request, person, samples, address)
        except LookupError as unknown:
            wrong.append(f"{request}: {unknown}")
            continue
        if problem := complaint(request, person, status):
            wrong.append(f"{request}: {status}, {problem}")
    assert not wrong, "\n".join(wrong)


def test_what_belongs_to_one_study_is_not_found_under_another(cast: Cast) -> None:
    """Also for somebody who leads both."""
    samples = Samples(cast)
    other = make_cast("other", prefix="other-")
    Member.objects.create(study=other.study, user=cast.lead.user, role=Role.LEAD)
    lead = Person("lead", cast.lead.user, Role.LEAD)
    wrong = []
    for request in [*page_requests(), *api_requests()]:
        words = {word["name"] for word in WORD.finditer(request.path)}
        if "slug" not in words or words == {"slug"}:
            continue
        address = samples.address(request.path, request.route, cast.lead.user, other.study)
        status = ask(request, lead, samples, address)
        # A page without that method says so before it looks for anything.
        if status not in (404, 405):
            wrong.append(f"{request}: {status}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", ["stranger", "superuser", "reader", "coder", "lead"])
def test_a_token_opens_what_its_person_may_open(
    cast: Cast, people: dict[str, Person], name: str
) -> None:
    samples, person = Samples(cast), people[name]
    client, wrong = with_token(person), []
    for request in api_requests():
        address = samples.address(request.path, request.route, cast.lead.user)
        if request.route == "get_job" and person.name != "lead" and person.role is not None:
            continue  # a job is its owner's alone
        status = ask(request, person, samples, address, client)
        if problem := complaint(request, person, status):
            wrong.append(f"{request}: {status}, {problem}")
    assert not wrong, "\n".join(wrong)


def test_a_token_opens_no_page(cast: Cast, people: dict[str, Person]) -> None:
    samples, client = Samples(cast), with_token(people["lead"])
    wrong = [
        f"{request}: {status}"
        for request in page_requests()
        if not request.is_open and request.method == "GET"
        for address in [samples.address(request.path, request.route, cast.lead.user)]
        if (status := ask(request, people["lead"], samples, address, client)) != 302
    ]
    assert not wrong, "\n".join(wrong)


def test_no_write_is_taken_from_a_page_that_was_not_ours(
    cast: Cast, people: dict[str, Person]
) -> None:
    """By session and without the mark of our own forms, every write is refused."""
    samples, lead = Samples(cast), people["lead"]
    client = signed_in(lead, guarded=True)
    wrong = [
        f"{request}: {status}"
        for request in [*page_requests(), *api_requests()]
        if request.method in UNSAFE
        for address in [samples.address(request.path, request.route, cast.lead.user)]
        if (status := ask(request, lead, samples, address, client)) != 403
    ]
    assert not wrong, "\n".join(wrong)


def test_the_style_guide_is_shown_to_nobody_outside_development(cast: Cast) -> None:
    assert Client().get("/styleguide/").status_code == 404


def test_the_matrix_walks_pages_and_operations() -> None:
    """A walk that found nothing would agree with everything."""
    assert len(list(page_requests())) > 50
    assert len(list(api_requests())) > 20
    assert {request.method for request in api_requests()} >= {"GET", *UNSAFE}
