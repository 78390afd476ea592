"""`huiyin regime`: list, check, test, cover, try, simulate and show the packs, or regime files of one's own."""

import json
import os
from collections.abc import Mapping
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from huiyin.commands_line.language import chosen, say

if TYPE_CHECKING:
    from huiyin.regime.problems import Problem

_NAMES = click.argument("names", nargs=-1, metavar=say("[名称或路径]...", "[NAME or PATH]..."))
_JSON = click.option("--json", "as_json", is_flag=True, help=say("以 JSON 输出", "Write JSON"))


@click.group(help=say("查看、检查、试运行制度。不写名称就是全部制度包。", "Regimes; without a name, all packs."))
def command() -> None:
    """Hold the regime's subcommands."""


@command.command("list", help=say("列出制度。", "List regimes."))
@_NAMES
@_JSON
def list_regimes(names: tuple[str, ...], *, as_json: bool) -> int:
    """List the packs with title and version; 1 if one cannot be read."""
    from huiyin.regime import check

    rows: list[dict[str, Any]] = []
    for name, path in _found(names).items():
        report = check(path)
        regime = report.regime
        rows.append(
            {"name": name, "regime": regime.id, "title": regime.title, "version": regime.version,
             "kinds": list(regime.kinds), "path": str(path)}
            if regime
            else {"name": name, "regime": None, "errors": len(report.errors), "path": str(path)}
        )
    if as_json:
        click.echo(_json(rows))
    for row in [] if as_json else rows:
        wrong = say(f"读不出来，有 {row.get('errors')} 处错误", f"cannot be read, {row.get('errors')} errors")
        click.echo(f"{row['name']:<24}" + (f"{row['title']}  {row['version']}" if row["regime"] else wrong))
    return 1 if any(row["regime"] is None for row in rows) else 0


@command.command("check", help=say("检查制度文件，指出问题在哪一行、怎么改。", "Check regime files."))
@_NAMES
@_JSON
@click.option("--strict", is_flag=True, help=say("有警告也算有问题", "Warnings count as well"))
def check_regimes(names: tuple[str, ...], *, as_json: bool, strict: bool) -> int:
    """Check; 1 if there is an error (with --strict also for a warning)."""
    from huiyin.regime import check

    found_something = False
    listed: list[dict[str, Any]] = []
    for name, path in _found(names).items():
        report = check(path)
        count = {kind: sum(p.severity == kind for p in report.problems) for kind in ("error", "warning", "information")}
        found_something |= bool(count["error"]) or (strict and bool(count["warning"]))
        if as_json:
            listed += [{"name": name} | _problem(problem) for problem in report.problems]
            continue
        for problem in report.problems:
            click.echo(problem.say(chosen()))
        click.echo(say(
            f"{name}：{count['error']} 处错误，{count['warning']} 处警告，{count['information']} 条说明",
            f"{name}: {count['error']} errors, {count['warning']} warnings, {count['information']} notes",
        ))
    if as_json:
        click.echo(_json(listed))
    return 1 if found_something else 0


@command.command("test", help=say("运行制度的情景故事（scenarios.yaml）。", "Run the stories of scenarios.yaml."))
@_NAMES
@_JSON
def test_regimes(names: tuple[str, ...], *, as_json: bool) -> int:
    """Run the stories; 1 if one fails, if there is none, or if the regime cannot be used."""
    from huiyin.regime import RegimeErrors
    from huiyin.scenarios import run_folder
    from huiyin.scenarios.script import ScriptError

    passed = failed = 0
    listed: list[dict[str, Any]] = []
    for name, path in _found(names).items():
        try:
            stories = run_folder(path).stories
        except (RegimeErrors, ScriptError) as error:
            failed += 1
            listed.append({"name": name, "story": None, "passed": False, "failure": str(error), "seconds": 0.0})
            click.echo(f"✗ {name}：{error}", err=as_json)
            continue
        if not as_json:
            click.echo(name)
        for story in stories:
            passed, failed = (passed + 1, failed) if story.passed else (passed, failed + 1)
            listed.append({"name": name, "story": story.title, "passed": story.passed,
                           "failure": story.failure or None, "seconds": round(story.seconds, 3)})
            if not as_json:
                click.echo(f"{'✓' if story.passed else '✗'} {story.title}")
                if not story.passed:
                    click.echo("\n".join(f"    {line}" for line in story.failure.splitlines()))
    if as_json:
        click.echo(_json(listed))
    else:
        click.echo(say(f"{passed} 通过，{failed} 未通过", f"{passed} passed, {failed} failed"))
    return 1 if failed else 0


@command.command("coverage", help=say(
    "对照清单：每条要求由哪条规则执行、由哪个故事或测试证明（coverage.yaml）。",
    "Does each pack carry out its inventory? (coverage.yaml)",
))
@_NAMES
@_JSON
def cover_regimes(names: tuple[str, ...], *, as_json: bool) -> int:
    """Compare with the inventories; 1 if something is wrong or missing."""
    from huiyin.commands_line.coverage import coverage_as_data, print_coverage, report_coverage

    reports = report_coverage(_found(names))
    if as_json:
        click.echo(_json([coverage_as_data(report) for report in reports]))
    else:
        print_coverage(reports)
    return 1 if any(report.problems for report in reports) else 0


@command.command("trial", help=say(
    "试验故事：把规则逐处改动一点，看有没有故事会发现。",
    "Would a story notice if a rule were different?",
))
@_NAMES
@_JSON
@click.option("--only", default="", metavar=say("路径", "PATH"), help=say("只试这一处，如 limits.reply", "Only here"))
@click.option("--processes", type=click.IntRange(1, 64), default=os.cpu_count() or 1, show_default=True,
              help=say("同时用几个进程", "How many processes"))
def try_regimes(names: tuple[str, ...], *, as_json: bool, only: str, processes: int) -> int:
    """Try the stories; 1 if a change goes unnoticed that the coverage file does not explain."""
    from huiyin.commands_line.trial import print_trial, report_trial, trial_as_data

    reports = []
    for name, path in _found(names).items():
        report = report_trial(name, path, only=only, processes=processes)
        reports.append(report)
        if not as_json:
            print_trial(report)
    if as_json:
        click.echo(_json([trial_as_data(report) for report in reports]))
    return 1 if any(report.survivors or report.stale for report in reports) else 0


@command.command("simulate", help=say(
    "试算：本单位过去的案件，按这份制度重新判断会有什么不同。",
    "What would this regime have done with the organisation's past cases?",
))
@click.argument("name", metavar=say("名称或路径", "NAME or PATH"))
@click.option("--organisation", "slug", required=True, metavar=say("单位", "SLUG"), help=say("哪个单位的案件", "Whose cases"))
@click.option("--from", "since", type=click.DateTime(["%Y-%m-%d"]), help=say("这一天起收到的", "Received from this day on"))
@click.option("--to", "until", type=click.DateTime(["%Y-%m-%d"]), help=say("到这一天（含）收到的", "Received up to this day"))
@_JSON
def simulate_regime(name: str, slug: str, since: datetime | None, until: datetime | None, *, as_json: bool) -> int:
    """Simulate against the version in force; 1 if any case would have gone otherwise."""
    from huiyin.commands_line.simulate import simulate

    (path,) = _found((name,)).values()
    text, differs = simulate(slug, name, path, since, until, as_json=as_json)
    click.echo(text)
    return 1 if differs else 0


@command.command("show", help=say("把制度写成便于阅读的文字。", "Show a regime as readable text."))
@_NAMES
def show_regimes(names: tuple[str, ...]) -> int:
    """Print each regime in words; 1 if one is not in order."""
    from huiyin.regime import RegimeErrors, load
    from huiyin.regime.show import describe

    wrong = False
    for path in _found(names).values():
        try:
            click.echo(describe(load(path)))
        except RegimeErrors as errors:
            wrong = True
            for problem in errors.problems:
                click.echo(problem.say(chosen()), err=True)
    return 1 if wrong else 0


def _found(names: tuple[str, ...]) -> Mapping[str, Path]:
    """Name as given → file or folder. Raises a usage error that suggests near names."""
    from huiyin.regime import packs

    known = packs()
    if not names:
        return known
    found: dict[str, Path] = {}
    for name in names:
        path = Path(name)
        if name in known:
            found[name] = known[name]
        elif path.exists():
            found[name] = path
        else:
            near = "、".join(get_close_matches(name, known, n=1, cutoff=0.4) or sorted(known))
            raise click.UsageError(say(
                f"没有制度包或文件“{name}”。" + (f"是不是 {near}？" if near else ""),
                f"There is no pack or file {name}." + (f" Did you mean {near}?" if near else ""),
            ))
    return found


def _problem(problem: "Problem") -> dict[str, Any]:
    return {"code": problem.code, "severity": str(problem.severity), "file": problem.file, "line": problem.line,
            "column": problem.column, "message": problem.message_zh, "message_en": problem.message_en}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
