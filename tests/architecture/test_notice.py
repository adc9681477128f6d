"""NOTICE.md names every package that is installed, with its version and its licence."""

import re
from collections import defaultdict
from pathlib import Path

import pytest

pytestmark = pytest.mark.pure
ROOT = Path(__file__).resolve().parents[2]


def test_every_package_of_the_lock_stands_there_with_its_licence_and_no_other() -> None:
    locked = defaultdict(set)
    for name, version in re.findall(
        r"^([\w.-]+)==([^\s;\\]+)", (ROOT / "requirements.lock").read_text(), re.MULTILINE
    ):
        locked[name].add(version)
    assert len(locked) > 20
    _head, table = (ROOT / "NOTICE.md").read_text().split("## Installed")
    rows = re.findall(r"^\| ([\w.-]+) \| ([\d., ]+) \| (\S.*) \|$", table, re.MULTILINE)
    assert {name: set(versions.split(", ")) for name, versions, _licence in rows} == locked
