"""How long arxtract takes to start, and what it holds: import, first article, the five articles.

    python benchmarks/startup.py [--repeat 3] [--json FILE]

Every figure is the best of ``--repeat`` fresh processes, in seconds by the clock and of processor
time; ``peak_mb`` is the largest resident set. Prints JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

from figures import add_option, keep

ARTICLES = Path(__file__).resolve().parent.parent / "fixtures" / "articles"
SENTENCE = "قال ناصر بوريطة إن الاجتماع انعقد بمراكش يوم 3 نونبر 2022."

STEPS = {
    "python": ["-c", "pass"],
    "import": ["-c", "import arxtract"],
    "pipeline": ["-c", "import arxtract; arxtract.Pipeline()"],
    "first_extraction": ["-c", f"import arxtract; arxtract.extract({SENTENCE!r})"],
    "extract_five_articles": ["-m", "arxtract", "extract", str(ARTICLES), "-o", os.devnull],
    "show_five_articles": ["-m", "arxtract", "show", str(ARTICLES)],
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=3, help="fresh processes for each figure")
    add_option(parser)
    given = parser.parse_args()
    figures = {
        name: min((measured(step) for _ in range(given.repeat)), key=lambda f: f["seconds"])
        for name, step in STEPS.items()
    }
    print(json.dumps(figures, indent=1))
    keep({"steps": figures}, given.json)


def measured(arguments: list[str]) -> dict[str, float]:
    """Run Python once and return its time and peak memory, as this system counts them."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(arguments[:3])}: exit status {process.returncode}")
    return {
        "seconds": round(seconds, 3),
        "processor_seconds": round(used.ru_utime + used.ru_stime, 3),
        "peak_mb": round(_bytes(used) / 1e6, 1),
    }


def _bytes(used: resource.struct_rusage) -> int:
    """Peak resident set; Linux counts it in KiB, macOS in bytes."""
    return used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main()
