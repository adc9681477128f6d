"""`python -m tests.benchmarks [SIZE]`: measures, prints the table, ends with 1 when a row missed.

`BENCH_JSON=FILE` writes the rows, too. Sizes: XS, S, M (usual), L. `BENCH_ONLY=word` keeps the
groups of rows whose name holds the word.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.benchmarks import measure, seen, served
from tests.benchmarks.corpus import SIZES
from tests.running.workbench import PASSWORD, environment, manage, running


def main() -> int:
    size = sys.argv[1] if len(sys.argv) > 1 else "M"
    if size not in SIZES:
        sys.exit(f"{size} is no size; choose one of {', '.join(SIZES)}")
    print(measure.machine(), flush=True)
    with tempfile.TemporaryDirectory(prefix="workbench-bench-") as folder:
        var = filled(Path(folder), size)
        with running(var) as workbench:
            rows = list(measured(served.Bench(workbench, size)))
    print("\n" + measure.table(rows))
    if target := os.environ.get("BENCH_JSON"):
        measure.write_json(rows, Path(target))
    return 0 if all(each.ok for each in rows) else 1


def filled(var: Path, size: str) -> Path:
    """A migrated folder with the corpus of that size in it."""
    print(f"Filling a database of size {size} ...", flush=True)
    for arguments in (
        ["migrate", "--verbosity=0"],
        ["migrate", "--database=keystore", "--verbosity=0"],
        ["compile_catalogues"],
        ["collectstatic", "--noinput", "--verbosity=0"],
    ):
        manage(var, *arguments)
    subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.filling", size, PASSWORD],
        env=environment(var),
        check=True,
    )
    return var


def measured(bench: served.Bench) -> Iterator[measure.Row]:
    only = os.environ.get("BENCH_ONLY", "")
    for group in (*served.ROWS, *seen.ROWS):
        if only in group.__name__:
            yield from told(group, bench)


def told(
    group: Callable[[served.Bench], Iterator[measure.Row]], bench: served.Bench
) -> Iterator[measure.Row]:
    """The rows of the group; one that cannot be measured counts as missed, with its reason."""
    print(f"  {group.__name__.replace('_', ' ')} ...", flush=True)
    try:
        yield from group(bench)
    except Exception as error:
        print(f"    {type(error).__name__}: {error}"[:600], flush=True)
        yield measure.Row(f"{group.__name__}: not measured", bench.size, float("inf"), "-", 0)


if __name__ == "__main__":
    sys.exit(main())
