"""A coder at the attaching page, with a place for files of their own."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.factories.studies import Cast


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    """Tests that run beside these keep files, too."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def client(cast: Cast, sign_in: Callable[[Any], Client]) -> Client:
    return sign_in(cast.coder)
