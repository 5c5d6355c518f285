"""The pipeline that forked workers share: built as this module is imported, if the server that
forks them does (:mod:`multiprocessing.forkserver`).

What a worker does not write to then stays the memory of the server: the network, the gazetteer, the
rules. gc.freeze keeps the collector from writing to it.
"""

from __future__ import annotations

import gc
import json
import os
import signal
from collections.abc import Mapping
from typing import Any

from arxtract.pipeline import Pipeline

SETTINGS = "ARXTRACT_PRELOAD"
"""The environment variable that gives the server the settings of the pipeline, as JSON."""


def as_json(settings: Mapping[str, Any]) -> str:
    """Return settings as the server is given them."""
    return json.dumps(settings, default=str)


def _built(settings: str) -> Pipeline | None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Control-C is for the parent, which ends us
    try:
        pipeline = Pipeline(**json.loads(settings))
    except Exception:  # the workers build it again, and their fault is told
        return None
    gc.collect()
    gc.freeze()
    return pipeline


_settings = os.environ.get(SETTINGS)
_pipeline = _built(_settings) if _settings is not None else None


def pipeline(settings: Mapping[str, Any]) -> Pipeline | None:
    """Return the pipeline of these settings, if this process was forked with it."""
    return _pipeline if _settings == as_json(settings) else None
