"""Where records go: a new output, one that is gone on with, or one that is left alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from arxtract.batch.state import State
from arxtract.batch.writers import format_of
from arxtract.errors import ArxtractError
from arxtract.records import ArticleRecord


class Done:
    """The articles whose records are there already; each record counts once.

    Args:
        ids: the ids of the records.
    """

    def __init__(self, ids: Iterable[str] = ()) -> None:
        self._left = Counter(ids)

    def new(self, id: str) -> bool:
        """Say whether an article of this id, the next one in the inputs, is still to be read."""
        if self._left[id] > 0:
            self._left[id] -= 1
            return False
        return True


def done(target: str | Path) -> Done:
    """Return what a run that goes on with an output finds done."""
    path = Path(target)
    chosen = format_of(target)
    filled = chosen.resumes and path.is_file() and path.stat().st_size > 0
    return Done(chosen.ids(path)) if filled else Done()


class Output:
    """An output that is open for records; leaving the ``with`` block closes it.

    Args:
        target: the file; its suffix says the format. ``-`` is standard output, as JSONL.
        made_by: what tells the pipeline from another, from :func:`arxtract.batch.state.made_by`.
        resume: go on where a stopped or killed run was; anew where there is nothing yet.
        overwrite: start anew over what is there.

    Raises:
        ArxtractError: something is there and neither was asked for; it was made by another
            pipeline; the format cannot go on; another run is writing to it.
    """

    def __init__(
        self,
        target: str | Path,
        made_by: Mapping[str, Any],
        *,
        resume: bool = False,
        overwrite: bool = False,
    ) -> None:
        self._target = target
        self._done = Done()
        self._state: State | None = None
        chosen = format_of(target)
        if resume and overwrite:
            raise ArxtractError("--resume and --overwrite are opposites; give one of them")
        if resume and not chosen.resumes:
            raise ArxtractError(
                f"{target}: only .jsonl and .sqlite can go on; "
                "write one of them with --resume, then arxtract convert"
            )
        path = Path(target)
        if str(target) == "-" or (path.exists() and not path.is_file()):
            self._writer = chosen.create(target)
            return
        filled = path.is_file() and path.stat().st_size > 0
        if filled and not (resume or overwrite):
            raise ArxtractError(
                f"{target}: exists already; go on with --resume, or start anew with --overwrite"
            )
        if chosen.resumes:
            self._state = State(path)
        try:
            if filled and resume and self._state:
                self._state.check(made_by)
                self._done = done(path)
                self._writer = chosen.create(target, append=True)
                return
            path.unlink(missing_ok=True)
            if self._state:
                self._state.save(made_by)
            self._writer = chosen.create(target)
        except OSError as error:
            self._release()
            raise ArxtractError(f"{target}: cannot be written: {error.strerror}") from error
        except BaseException:
            self._release()
            raise

    def new(self, id: str) -> bool:
        """Say whether an article of this id, the next one in the inputs, is still to be read."""
        return self._done.new(id)

    def write(self, record: ArticleRecord) -> None:
        """Write a record.

        Raises:
            ArxtractError: it cannot be written, for instance because the disk is full.
        """
        try:
            self._writer.write(record)
        except OSError as error:
            raise ArxtractError(
                f"{self._target}: cannot be written: {error.strerror}; "
                "what was written before is kept: mend it and go on with --resume"
            ) from error

    def __enter__(self) -> Output:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self._writer.close()
        except OSError as fault:
            raise ArxtractError(f"{self._target}: cannot be written: {fault.strerror}") from fault
        finally:
            self._release()

    def _release(self) -> None:
        if self._state:
            self._state.close()
