"""What the pages of docs/ say about settings and files is what the code has."""

import ast
import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.pure
ROOT = Path(__file__).resolve().parents[2]
READERS = [
    *(ROOT / "workbench/settings").glob("*.py"),
    ROOT / "workbench/supervisor.py",
    *ROOT.glob("*/management/commands/*.py"),
]


def variables_read(source: str) -> set[str]:
    """Names asked of the environment: `env.kind("NAME")`, `os.environ.get("NAME")` and so on."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            asked, key = ast.unparse(node.func.value), node.args[0] if node.args else None
        elif isinstance(node, ast.Subscript):
            asked, key = ast.unparse(node.value), node.slice
        else:
            continue
        if asked in {"env", "os.environ"} and isinstance(key, ast.Constant):
            found.add(str(key.value))
    return found


def test_every_way_of_asking_is_seen() -> None:
    source = "env.int('A', default=1); os.environ.get('B'); os.environ['C']; other.get('D')"
    assert variables_read(source) == {"A", "B", "C"}


def test_the_table_of_settings_names_every_variable_that_is_read_and_no_other() -> None:
    read = set().union(*(variables_read(path.read_text()) for path in READERS))
    page = (ROOT / "docs/configuration.md").read_text()
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", page, re.MULTILINE)) == read


def test_every_file_on_the_way_of_one_coding_exists() -> None:
    page = (ROOT / "docs/one-coding.md").read_text()
    named = re.findall(r"`([\w-]+/[\w./-]+\.\w+)`", page)
    assert len(named) > 20
    assert [path for path in named if not (ROOT / path).is_file()] == []
