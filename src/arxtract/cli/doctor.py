"""What is installed and what works."""

from __future__ import annotations

import typer

from arxtract.cli.printing import fail

_SIGNS = {"ok": "✓", "missing": "–", "fault": "✗"}


def doctor() -> None:
    """Say what is installed, which extras are, whether the packs are whole, and what works.

    The exit status is 1 if something is at fault; an extra that is not installed is none.
    """
    from arxtract.doctor import examine

    faults = 0
    group = ""
    for finding in examine():
        if finding.group != group:
            group = finding.group
            typer.echo(group)
        typer.echo(f"  {_SIGNS[finding.state]} {finding.name}: {finding.detail}")
        faults += finding.state == "fault"
    if faults:
        fail(f"{faults} faults")
