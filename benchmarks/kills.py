"""A run that is killed with -9 at random moments and gone on with: the same bytes in the end.

    python benchmarks/kills.py [ARTICLES] [--kills 10] [--copies 6] [--workers 2] [--suffix .jsonl]

Reads a folder of texts (by default the five that ship), each some times over under other names,
with ``arxtract extract --resume``, and kills the whole run ten times, each time at a random moment
after it has begun to write. Then it is gone on with to its end and compared with a run that was
left alone. The exit status is 1 if they differ.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ARTICLES = Path(__file__).parent.parent / "fixtures" / "articles"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path, nargs="?", default=ARTICLES)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--copies", type=int, default=6)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--suffix", choices=[".jsonl", ".sqlite"], default=".jsonl")
    given = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "articles.jsonl"
        texts = [path.read_text(encoding="utf-8") for path in sorted(given.articles.glob("*.txt"))]
        rows = [{"id": f"{n}-{i}", "text": t} for n in range(given.copies)
                for i, t in enumerate(texts)]  # fmt: skip
        table.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        whole, broken = (Path(folder) / f"{name}{given.suffix}" for name in ("whole", "broken"))
        start = time.monotonic()
        begun(table, whole, given.workers).wait()
        pace = (time.monotonic() - start) / len(rows)
        moments = random.Random(given.kills)
        for kill in range(1, given.kills + 1):
            before = size(broken)
            process = begun(table, broken, given.workers)
            while size(broken) == before and process.poll() is None:
                time.sleep(0.01)
            time.sleep(moments.uniform(0, 2 * pace))
            finished = process.poll() is not None
            if not finished:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
            print(f"kill {kill}: {'after its end' if finished else f'at {size(broken)} bytes'}")
        if begun(table, broken, given.workers).wait():
            sys.exit("the last run refused to go on: was arxtract changed meanwhile?")
        same = content(broken) == content(whole)
        print(f"{len(rows)} articles, {given.kills} kills: {'the same' if same else 'DIFFERENT'}")
    sys.exit(not same)


def begun(table: Path, out: Path, workers: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "arxtract", "extract", str(table), "-o", str(out)]
    return subprocess.Popen(
        [*command, "--resume", "--workers", str(workers)],
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def content(path: Path) -> object:
    if path.suffix == ".jsonl":
        return path.read_bytes()
    return list(sqlite3.connect(path).iterdump())


if __name__ == "__main__":
    main()
