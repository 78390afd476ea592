"""`huiyin calendar due`: when a limit is due, for one start or for a whole file."""

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from huiyin.commands_line.due_times import CalendarQuestionError, DueTime, due_time
from huiyin.commands_line.holidays import enter
from huiyin.commands_line.language import say

CALENDARS = ("cn",)
_COLUMNS = ("start", "limit")


@click.group(help=say("工作日历。", "The working calendar."))
def command() -> None:
    """Hold the calendar's subcommands."""


command.add_command(enter)


@command.command(
    "due",
    help=say(
        "从 START 起，给 LIMIT 这么长时间，到期是哪天。例：huiyin calendar due '2026-09-28 15:00' '15 workdays'",
        "When LIMIT is due that starts at START, e.g. huiyin calendar due '2026-09-28 15:00' '15 workdays'",
    ),
)
@click.argument("start", required=False)
@click.argument("limit", required=False)
@click.option("--calendar", "calendar_id", default="cn", help=say("放假安排：cn", "Calendar: cn"))
@click.option("--batch", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help=say("CSV 文件，列为 start,limit；- 为标准输入", "CSV file with columns start,limit; - is stdin"))
@click.option("--explain", is_flag=True, help=say("逐日说明为什么", "Say why, day by day"))
@click.option("--json", "as_json", is_flag=True, help=say("以 JSON 输出", "Write JSON"))
def due(
    start: str | None, limit: str | None, *, calendar_id: str, batch: Path | None, explain: bool, as_json: bool
) -> int:
    """Compute one due time, or those of a file."""
    if calendar_id not in CALENDARS:
        raise click.UsageError(
            say(f"没有日历“{calendar_id}”；现有 {'、'.join(CALENDARS)}。", f"No calendar {calendar_id}; there is cn.")
        )
    if batch is not None:
        if start or limit:
            raise click.UsageError(say("--batch 与 START LIMIT 只能用一种。", "Use either --batch or START LIMIT."))
        return _batch(batch, as_json=as_json)
    if not start or not limit:
        raise click.UsageError(
            say("请写开始时间和时限，例如 '2026-09-28 15:00' '15 workdays'。",
                "Write the start and the limit, such as '2026-09-28 15:00' '15 workdays'.")
        )
    try:
        found = due_time(start, limit)
    except CalendarQuestionError as error:
        raise click.UsageError(say(error.zh, error.en)) from error
    _print_one(found, explain=explain, as_json=as_json)
    return 0


def _print_one(found: DueTime, *, explain: bool, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(found.as_json(), ensure_ascii=False))
        return
    click.echo(found.text)
    if explain:
        for label, sentence in found.why(say("zh", "en")):
            click.echo(f"  {label}  {sentence}")
    if found.provisional:
        click.echo(say("暂定：所及年份的放假安排尚未公布。", "Provisional: a year's holidays are not published yet."),
                   err=True)


def _batch(path: Path, *, as_json: bool) -> int:
    """Answer each row; a row that cannot be read keeps its place with an empty due and is reported with its line."""
    rows = _rows(path)
    wrong = 0
    provisional: list[str] = []
    listed: list[dict[str, object]] = []
    writer = csv.writer(sys.stdout, lineterminator="\n")
    if not as_json:
        writer.writerow([*_COLUMNS, "due"])
    for line, start, limit in rows:
        try:
            if not start or not limit:
                raise CalendarQuestionError("缺少 start 或 limit。", "start or limit is missing.")
            found = due_time(start, limit)
        except CalendarQuestionError as error:
            wrong += 1
            click.echo(say(f"{path}:{line}：{error.zh}", f"{path}:{line}: {error.en}"), err=True)
            problem = {"line": line, "problem": say(error.zh, error.en)}
            listed.append({"start": start, "limit": limit, "due": None} | problem)
            text = ""
        else:
            listed.append(found.as_json())
            text = found.text
            provisional += [str(line)] if found.provisional else []
        if not as_json:
            writer.writerow([start, limit, text])
    if as_json:
        click.echo(json.dumps(listed, ensure_ascii=False, indent=1))
    if provisional:
        lines = say("、", ", ").join(provisional)
        click.echo(say(f"暂定：第 {lines} 行到了放假安排尚未公布的年份。", f"Provisional: lines {lines}."), err=True)
    if wrong:
        click.echo(say(f"{wrong} 行有误。", f"{wrong} rows are wrong."), err=True)
    return 1 if wrong else 0


def _rows(path: Path) -> Iterator[tuple[int, str, str]]:
    """Line number, start and limit of each row that is not blank; a file without the two columns is bad usage."""
    reader = csv.reader(_text(path).splitlines())
    header = [name.strip().lower() for name in next(reader, [])]
    if any(name not in header for name in _COLUMNS):
        raise click.UsageError(
            say(f"{path}：第一行应有列 start,limit，现为 {','.join(header) or '空'}。",
                f"{path}: the first line must name the columns start,limit.")
        )
    places = [header.index(name) for name in _COLUMNS]

    def read() -> Iterator[tuple[int, str, str]]:
        for row in reader:
            if any(cell.strip() for cell in row):
                start, limit = (row[place].strip() if place < len(row) else "" for place in places)
                yield reader.line_num, start, limit

    return read()


def _text(path: Path) -> str:
    try:
        content = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except OSError as error:
        raise click.UsageError(
            say(f"读不到文件 {path}：{error.strerror}。", f"Cannot read {path}: {error.strerror}.")
        ) from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise click.UsageError(say(f"{path} 不是 UTF-8 或 GB18030 文本。", f"{path} is neither UTF-8 nor GB18030 text."))
