"""Loading the demo study by its command: in good time, or not at all and with the reason."""

import json
import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from coding.domain.imports.demo import load_demo_study
from coding.domain.imports.fixtures import FixtureProblem, folder
from interviews.domain.participants import verify_keystore
from workbench.models import Study, User

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


@pytest.mark.parametrize(
    ("quote", "why"),
    [
        ("Dette siger ingen i Svalen", "does not say"),
        ("ja", "more than once"),
    ],
)
def test_a_fixture_that_does_not_fit_names_file_and_line_and_leaves_nothing(
    tmp_path: Path, quote: str, why: str
) -> None:
    shutil.copytree(folder(), tmp_path / "fixtures")
    study_file = tmp_path / "fixtures" / "demo_study" / "study.json"
    study = json.loads(study_file.read_text())
    study_file.write_text(json.dumps(study | {"cases": ["svalen"]}))
    file = tmp_path / "fixtures" / "demo_study" / "svalen" / "codings.csv"
    file.write_text(
        f"document,coder,code,quote,direction,weight,memo\ni10.txt,coder,haemmere,{quote},,,\n"
    )
    media = tmp_path / "media"
    with override_settings(ROOT=tmp_path, MEDIA_ROOT=media), pytest.raises(FixtureProblem) as found:
        load_demo_study(password="x")

    assert str(found.value).startswith(f"{file}:2: ")
    assert why in found.value.why
    assert not Study.objects.exists()
    assert not User.objects.exists()
    assert not [path for path in media.rglob("*") if path.is_file()]
    assert verify_keystore().is_whole


def test_the_command_says_which_fixture_is_wrong(tmp_path: Path) -> None:
    shutil.copytree(folder(), tmp_path / "fixtures")
    file = tmp_path / "fixtures" / "demo_study" / "study.json"
    file.write_text("{\n nonsense")

    with override_settings(ROOT=tmp_path), pytest.raises(CommandError, match=r"study\.json:2"):
        call_command("load_demo_study")


def test_it_prints_the_password_it_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)
    out = StringIO()
    with override_settings(MEDIA_ROOT=tmp_path):
        call_command("load_demo_study", stdout=out)

    assert "lead, coder, second-coder, reader, admin" in out.getvalue()
    password = out.getvalue().rsplit("password: ", 1)[1].strip()
    assert len(password) >= 12
    assert User.objects.get(username="lead").check_password(password)
