"""`huiyin regime coverage`: does each pack carry out its inventory, fact by fact?"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from huiyin.commands_line.language import chosen, say
from huiyin.coverage import CoverageReport, Tally, check_coverage


def report_coverage(found: Mapping[str, Path]) -> list[CoverageReport]:
    """A report for each pack or path."""
    return [check_coverage(name, path) for name, path in found.items()]


def print_coverage(reports: list[CoverageReport]) -> None:
    """Every trouble on a line, then the table, then what waits for a later capability."""
    for report in reports:
        for problem in report.problems:
            click.echo(problem.say(chosen()))
    click.echo(_row(
        say("制度", "regime"), say("清单", "list"),
        [say("要求", "facts"), say("执行", "done"), say("说明", "info"), say("待做", "planned"), say("未写", "missing")],
        [say("数字", "figures"), say("执行", "done"), say("未写", "missing")], say("问题", "troubles"),
    ))
    for report in reports:
        click.echo(_report_row(report.name, report.inventory, report.facts, report.figures, len(report.problems)))
    if len(reports) > 1:
        facts = sum((report.facts for report in reports), Tally())
        figures = sum((report.figures for report in reports), Tally())
        troubles = sum(len(report.problems) for report in reports)
        click.echo(_report_row(say("合计", "in all"), "", facts, figures, troubles))
    for report in reports:
        for tag, numbers in report.planned.items():
            listed = "、".join(str(number) for number in numbers)
            click.echo(say(f"{report.name} 待做 {tag}：第 {listed} 条", f"{report.name} waits for {tag}: {listed}"))


def _report_row(name: str, inventory: str, facts: Tally, figures: Tally, troubles: int) -> str:
    return _row(
        name,
        inventory,
        [str(each) for each in (facts.total, facts.carried_out, facts.information, facts.planned, facts.missing)],
        [str(each) for each in (figures.total, figures.carried_out + figures.information + figures.planned,
                                figures.missing)],
        str(troubles),
    )


def _row(name: str, inventory: str, facts: list[str], figures: list[str], troubles: str) -> str:
    cells = [_wide(each, 8) for each in (*facts, *figures, troubles)]
    return name + " " * max(30 - _width(name), 1) + inventory + " " * max(7 - _width(inventory), 1) + "".join(cells)


def _wide(text: str, width: int) -> str:
    return " " * max(width - _width(text), 1) + text


def _width(text: str) -> int:
    """Columns on a terminal: a Chinese character takes two."""
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)


def coverage_as_data(report: CoverageReport) -> dict[str, Any]:
    """A report as JSON values."""
    return {
        "name": report.name,
        "inventory": report.inventory,
        "facts": _tally_as_data(report.facts),
        "figures": _tally_as_data(report.figures),
        "planned": {tag: list(numbers) for tag, numbers in report.planned.items()},
        "troubles": [
            {"code": each.code, "file": each.file, "line": each.line, "column": each.column,
             "message": each.message_zh + each.mend_zh, "message_en": f"{each.message_en} {each.mend_en}".strip()}
            for each in report.problems
        ],
    }


def _tally_as_data(tally: Tally) -> dict[str, int]:
    return {"total": tally.total, "carried_out": tally.carried_out, "information": tally.information,
            "planned": tally.planned, "missing": tally.missing}
