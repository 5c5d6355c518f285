"""The figures of a benchmark as JSON: ``docs/benchmarks.md`` is made from those in ``results/``."""

from __future__ import annotations

import argparse
import json
import os
import platform
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from names import processor


def add_option(parser: argparse.ArgumentParser) -> None:
    """Give a benchmark the option ``--json``."""
    parser.add_argument("--json", type=Path, help="file for the figures")


def keep(figures: Mapping[str, Any], path: Path | None) -> None:
    """Write the figures, with the machine that they hold for, to the file of ``--json``."""
    if path is None:
        return
    machine = {
        "python": platform.python_version(),
        "processor": processor(),
        "processors": os.cpu_count(),
    }
    text = json.dumps({**machine, **figures}, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")
