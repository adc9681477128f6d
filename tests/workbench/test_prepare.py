"""What a start makes ready, and what it says when it cannot."""

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from tests.factories.studies import Cast
from workbench import supervisor
from workbench.checks import what_is_kept_is_private
from workbench.management.commands.prepare import kept_password, migrate

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.VAR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.STATIC_ROOT = tmp_path / "static"
    return tmp_path


def prepare() -> str:
    output = StringIO()
    call_command("prepare", stdout=output)
    return output.getvalue()


def test_a_server_gets_no_demo_and_no_password(folder: Path) -> None:
    assert prepare() == ""
    assert sorted(path.name for path in folder.iterdir()) == ["files", "static", "static.stamp"]


def test_a_study_of_ones_own_keeps_the_demo_out(cast: Cast, settings: Any) -> None:
    settings.LOAD_DEMO = True
    assert prepare() == ""


def test_the_password_printed_stays_the_one_of_the_first_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # A start that was cut short had made the file, and no more.
    (tmp_path / "demo-password").touch(mode=0o600)
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)
    first = kept_password(tmp_path)
    assert len(first) > 8
    monkeypatch.setenv("DEMO_PASSWORD", "another")
    assert kept_password(tmp_path) == first
    assert (tmp_path / "demo-password").stat().st_mode & 0o077 == 0


def test_what_an_earlier_start_left_readable_is_closed(folder: Path) -> None:
    original = folder / "files" / "originals" / "interview.docx"
    original.parent.mkdir(parents=True)
    original.touch()
    databases = [Path(each.settings_dict["NAME"]) for each in connections.all() if is_file(each)]
    for path in (folder, folder / "files", original.parent, original, *databases):
        path.chmod(0o755 if path.is_dir() else 0o644)
    assert {str(folder), *map(str, databases)} <= {
        each.msg.rpartition(" ")[2] for each in what_is_kept_is_private()
    }
    prepare()
    assert what_is_kept_is_private() == []
    assert [path.stat().st_mode & 0o777 for path in (original, original.parent)] == [0o600, 0o700]


def is_file(database: BaseDatabaseWrapper) -> bool:
    return database.vendor == "sqlite"


STARTED = """
import contextlib, os, runpy, sys
os.umask(0o022)
with contextlib.suppress(SystemExit):
    sys.argv = sys.argv[1:]
    runpy.{how}(sys.argv[0], run_name="__main__")
print(oct(os.umask(0)))
"""


@pytest.mark.parametrize(
    ("how", "started"),
    [
        ("run_path", ["manage.py", "version"]),
        ("run_module", ["workbench.wsgi"]),
        ("run_module", ["workbench.supervisor"]),
    ],
)
def test_whatever_starts_makes_files_for_itself_alone(how: str, started: list[str]) -> None:
    told = subprocess.run(
        [sys.executable, "-c", STARTED.format(how=how), *started],
        cwd=supervisor.ROOT,
        env={**os.environ, "PORT": "none"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split()[-1] == "0o77"


def test_a_folder_that_is_none_is_named(folder: Path) -> None:
    (folder / "files").touch()
    with pytest.raises(CommandError, match=f"File exists: '{folder}/files'"):
        prepare()


def test_a_database_that_cannot_be_used_is_named() -> None:
    def execute(*_call: Any) -> Any:
        raise OperationalError("unable to open database file")

    with (
        connection.execute_wrapper(execute),
        pytest.raises(CommandError, match=r"sqlite3|postgres"),
    ):
        migrate("default")
