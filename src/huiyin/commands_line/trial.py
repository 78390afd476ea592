"""`huiyin regime trial`: would a story notice if a rule were different?"""

import sys
from pathlib import Path
from typing import Any

import click

from huiyin.commands_line.language import say
from huiyin.regime import RegimeErrors
from huiyin.scenarios import ScriptError
from huiyin.trial import Change, TrialReport, try_stories


def report_trial(name: str, path: Path, *, only: str, processes: int) -> TrialReport:
    """The trial of one regime, with its progress on a terminal.

    Raises:
        click.ClickException: the regime or its stories are not in order as they stand.
    """
    shows = sys.stderr.isatty()

    def tell(done: int, total: int) -> None:
        if shows:
            click.echo(f"\r{name} {done}/{total}", nl=done == total, err=True)

    try:
        return try_stories(name, path, only=only, processes=processes, tell=tell)
    except (RegimeErrors, ScriptError) as error:
        raise click.ClickException(f"{name}：{error}") from error


def print_trial(report: TrialReport) -> None:
    """What no story noticed, a line each; then the figures."""
    for change in report.survivors:
        click.echo(say(
            f"改了没有故事发现：{change}（第 {change.line} 行）",
            f"No story notices: {change} (line {change.line})",
        ))
    for place in report.stale:
        click.echo(say(
            f"coverage.yaml 的 trial 里写着 {place}，但那里没有故事发现不了的改动，请删去。",
            f"trial in coverage.yaml explains {place}, where no change goes unnoticed: remove it.",
        ))
    explained, left = len(report.on_purpose), len(report.survivors)
    click.echo(say(
        f"{report.name}：试了{report.tried}处改动，故事或检查发现{report.noticed}处，有意不计{explained}处，没有发现{left}处",
        f"{report.name}: {report.tried} changes tried, {report.noticed} noticed, {explained} explained, {left} unnoticed",
    ))


def trial_as_data(report: TrialReport) -> dict[str, Any]:
    """A report as JSON values."""
    return {
        "name": report.name,
        "tried": report.tried,
        "noticed": report.noticed,
        "noticed_by_checker": report.invalid,
        "survivors": [_change_as_data(change) for change in report.survivors],
        "on_purpose": [_change_as_data(change) | {"reason": reason} for change, reason in report.on_purpose],
        "stale": list(report.stale),
    }


def _change_as_data(change: Change) -> dict[str, Any]:
    return {"path": change.where, "change": str(change), "file": change.file, "line": change.line}
