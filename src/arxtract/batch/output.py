"""Where records go: a new output, one that is gone on with, or one that is left alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import ExitStack, closing
from pathlib import Path
from types import TracebackType
from typing import Any

from arxtract.batch import remote
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
    chosen = format_of(target)
    if remote.is_remote(target) or not chosen.resumes or not remote.filled(target):
        return Done()
    return Done(chosen.ids(remote.path_of(target)))


class Output:
    """An output that is open for records; leaving the ``with`` block closes it.

    Args:
        target: the file; its suffix says the format. ``-`` is standard output, as JSONL. A file
            elsewhere (``s3://bucket/records.jsonl``) is made on this machine and put there, whole,
            at the end of the block, unless the block raises.
        made_by: what tells the pipeline from another, from :func:`arxtract.batch.state.made_by`.
        resume: go on where a stopped or killed run was; anew where there is nothing yet.
        overwrite: start anew over what is there.

    Raises:
        ArxtractError: something is there and neither was asked for; it was made by another
            pipeline; the format or the place cannot go on; another run is writing to it.
    """

    def __init__(
        self,
        target: str | Path,
        made_by: Mapping[str, Any],
        *,
        resume: bool = False,
        overwrite: bool = False,
    ) -> None:
        chosen = format_of(target)
        elsewhere = remote.is_remote(target)
        if resume and overwrite:
            raise ArxtractError("--resume and --overwrite are opposites; give one of them")
        if resume and elsewhere:
            raise ArxtractError(
                f"{target}: only files of this machine can go on; "
                f"write one of them with --resume, then arxtract convert it to {target}"
            )
        if resume and not chosen.resumes:
            raise ArxtractError(
                f"{target}: only .jsonl and .sqlite can go on; "
                "write one of them with --resume, then arxtract convert"
            )
        filled = str(target) != "-" and remote.filled(target)
        if filled and not (resume or overwrite):
            remedy = "start anew with --overwrite"
            if chosen.resumes and not elsewhere:
                remedy = f"go on with --resume, or {remedy}"
            raise ArxtractError(f"{target}: exists already; {remedy}")
        self._target = target
        self._done = Done()
        self._state: State | None = None
        with ExitStack() as stack:
            path = stack.enter_context(remote.delivered(target))
            plain = str(target) != "-" and (path.is_file() or not path.exists())
            if plain and chosen.resumes and not elsewhere:
                self._state = stack.enter_context(closing(State(path)))
            try:
                if filled and resume and self._state:
                    self._state.check(made_by)
                    self._done = done(path)
                    self._writer = chosen.create(path, append=True)
                else:
                    if plain:
                        path.unlink(missing_ok=True)
                    if self._state:
                        self._state.save(made_by)
                    self._writer = chosen.create(path)
            except OSError as error:
                raise ArxtractError(f"{target}: cannot be written: {error.strerror}") from error
            stack.callback(self._writer.close)
            self._open = stack.pop_all()

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
                f"{self._target}: cannot be written: {error.strerror}; {self.left}"
            ) from error

    @property
    def left(self) -> str:
        """What a run that is broken off leaves, and how to go on."""
        if self._state:
            return "what was written is kept: go on with --resume"
        if remote.is_remote(self._target):
            return "nothing was put there: start anew"
        return "only .jsonl and .sqlite can go on: start anew with --overwrite"

    def __enter__(self) -> Output:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self._open.__exit__(kind, error, trace)
        except OSError as fault:
            raise ArxtractError(f"{self._target}: cannot be written: {fault.strerror}") from fault
