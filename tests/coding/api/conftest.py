"""Asking the API as one of the cast."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from workbench.models import Member, User

Ask = Callable[..., HttpResponse]


@pytest.fixture
def ask(sign_in: Callable[[User | Member], Client]) -> Ask:
    """ask(person or None, method, path under /api/v1/, ...); `meant` is whom the page names."""

    def asked(
        person: User | Member | None,
        method: str,
        path: str,
        body: Any = None,
        *,
        if_match: str | None = None,
        raw: bytes | None = None,
        meant: User | None = None,
    ) -> HttpResponse:
        client = sign_in(person) if person is not None else Client()
        data = raw if raw is not None else (b"" if body is None else json.dumps(body).encode())
        headers = {"If-Match": if_match} if if_match is not None else {}
        if meant is not None:
            headers["X-Person"] = str(meant.pk)
        answer = client.generic(
            method, f"/api/v1/{path}", data, content_type="application/json", headers=headers
        )
        assert isinstance(answer, HttpResponse)
        return answer

    return asked
