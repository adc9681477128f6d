"""The fixed cast and their clients."""

from collections.abc import Callable, Iterator

import pytest
from django.db import connection, transaction
from django.test import Client

from interviews.models import Case, Document
from tests.factories.field import make_case, make_document
from tests.factories.races import Field
from tests.factories.studies import Cast, make_cast
from workbench.models import Member, User


@pytest.fixture(autouse=True)
def studies_go_first(request: pytest.FixtureRequest) -> Iterator[None]:
    """History goes only after its study, and a flush empties SQLite's tables in any order."""
    marked = request.node.get_closest_marker("django_db")
    yield
    if marked is not None and marked.kwargs.get("transaction") and connection.vendor == "sqlite":
        with connection.constraint_checks_disabled(), transaction.atomic():
            connection.cursor().execute("DELETE FROM workbench_study")


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def case(cast: Cast) -> Case:
    return make_case(cast.lead)


@pytest.fixture
def document(cast: Cast, case: Case) -> Document:
    return make_document(cast.coder, case)


@pytest.fixture
def field(cast: Cast, case: Case, document: Document) -> Field:
    return Field(cast, case, document)


@pytest.fixture
def sign_in() -> Callable[[User | Member], Client]:
    """A client signed in as the person."""

    def signed_in(person: User | Member) -> Client:
        client = Client()
        client.force_login(
            person.user if isinstance(person, Member) else person,
            backend="django.contrib.auth.backends.ModelBackend",
        )
        return client

    return signed_in
