"""What a second worker brings and what it costs: articles a second, and memory.

    python benchmarks/workers.py INPUT [--limit 200] [--workers 1 2 4] [--copied] [--json FILE]

Runs ``arxtract extract INPUT`` with each number of processes and weighs all of them, each half
second, by their proportional share of memory (Pss of ``/proc/PID/smaps_rollup``, which counts a
page that n processes share as 1/n in each). ``seconds`` is by the clock, start and all;
``start_seconds`` those of a run with an article a worker; ``articles_per_second`` is of what lies
between; ``times_one`` and ``mb_for_one_more`` compare with the first number of workers. The records
must be the same bytes each time. ``--copied`` lets each worker build a pipeline of its own, as on
macOS and Windows.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from figures import add_option, keep

RUN = "from arxtract.cli import main; main()"
COPIED = f"from arxtract.batch import runner; runner.SHARES = False; {RUN}"
_EVERY = 0.5
"""Seconds between two weighings."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("input")
    parser.add_argument("--limit", type=int, default=200)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--copied", action="store_true", help="a pipeline for each worker")
    add_option(parser)
    given = parser.parse_args()

    figures: dict[str, dict[str, float]] = {}
    written: set[bytes] = set()
    first = given.workers[0]
    for number in given.workers:
        start, _, _ = measured(given.input, number, number, given.copied)
        seconds, memory, records = measured(given.input, number, given.limit, given.copied)
        written.add(records)
        articles = records.count(b"\n")
        if articles <= number:
            sys.exit(f"{articles} articles are too few for {number} workers")
        rest = seconds - start
        if rest <= 0:
            sys.exit("too short to be timed: give more articles and a larger --limit")
        found = {
            "seconds": round(seconds, 1),
            "start_seconds": round(start, 1),
            "articles_per_second": round((articles - number) / rest, 2),
            "pss_mb": round(memory),
        }
        one = figures.get(str(first), found)
        found["times_one"] = round(found["articles_per_second"] / one["articles_per_second"], 2)
        if number > first:
            more = (found["pss_mb"] - one["pss_mb"]) / (number - first)
            found["mb_for_one_more"] = round(more)
        figures[str(number)] = found
        print(f"{number} workers: " + ", ".join(f"{v} {k}" for k, v in found.items()), flush=True)
    if len(written) > 1:
        sys.exit("the records DIFFER")
    keep({"articles": articles, "copied": given.copied, "by_workers": figures}, given.json)


def measured(source: str, workers: int, limit: int, copied: bool) -> tuple[float, float, bytes]:
    """Run the command; return its seconds, the most memory it took in MB, and its records."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "records.jsonl"
        command = [sys.executable, "-c", COPIED if copied else RUN, "extract", source]
        options = ["-o", str(out), "--workers", str(workers), "--limit", str(limit)]
        start = time.perf_counter()
        process = subprocess.Popen([*command, *options], stderr=subprocess.DEVNULL)
        most = 0.0
        while True:
            try:
                process.wait(_EVERY)
                break
            except subprocess.TimeoutExpired:
                most = max(most, sum(map(pss, family(process.pid))))
        return time.perf_counter() - start, most, out.read_bytes()


def family(pid: int) -> set[int]:
    """Return a process and all that descend from it."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
        except OSError:  # it ended meanwhile
            continue
    found: set[int] = set()
    new = {pid}
    while new:
        found |= new
        new = {child for child, parent in parents.items() if parent in new}
    return found


def pss(pid: int) -> float:
    """Return a process's proportional share of memory in MB, nothing if it ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


if __name__ == "__main__":
    main()
