"""`huiyin calendar enter`: a newly announced year of holidays, and the due times it touches."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from huiyin.commands_line.language import say
from huiyin.commands_line.ready import require_database

if TYPE_CHECKING:
    from huiyin.organisations.models import Organisation

_REASON = "放假安排已公布"

@click.command(
    "enter",
    help=say(
        "录入新公布的放假安排（CSV，列为 year,holiday,off,work），并重新计算在办案件的到期日。",
        "Enter a newly announced year of holidays (CSV year,holiday,off,work) and set due times anew.",
    ),
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--organisation", "slug", default="", help=say("单位简称；默认是全部单位", "Slug; all by default"))
@click.option("--reason", default=_REASON, help=say("理由，每件受影响的案件里都会记下", "Why; every case touched keeps it"))
@click.option("--correct", is_flag=True, help=say("更正已有的、内容不同的安排", "Replace a different arrangement that is known already"))
@click.option("--dry-run", is_flag=True, help=say("只看影响，不生效", "Only show what it would touch"))
def enter(file: Path, *, slug: str, reason: str, correct: bool, dry_run: bool) -> int:
    """Enter the years of a file for one organisation or all; every changed due time is an event of its case."""
    require_database()
    from huiyin.application.entering_time import WorkingTimeRefusedError
    from huiyin.organisations.models import Organisation

    organisations = Organisation.objects.filter(slug=slug) if slug else Organisation.objects.all()
    if not organisations:
        raise click.UsageError(say(f"没有单位“{slug}”。", f"No organisation {slug}."))
    try:
        table = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise click.UsageError(say(f"{file.name} 不是 UTF-8 文本。", f"{file.name} is not UTF-8 text.")) from error
    refused = 0
    for organisation in organisations:
        try:
            click.echo(_entered(organisation, table, reason, correct=correct, dry_run=dry_run))
        except WorkingTimeRefusedError as trouble:
            refused += 1
            for each in trouble.faults:
                zh, en = (f"第{each.line}行：", f"line {each.line}: ") if each.line else ("", "")
                click.echo(say(f"{organisation}：{file.name} 不能录入：{zh}{each.zh}",
                               f"{organisation}: {file.name} cannot be entered: {en}{each.en}"), err=True)
    return 2 if refused else 0


def _entered(organisation: "Organisation", table: str, reason: str, *, correct: bool, dry_run: bool) -> str:
    """Enter it as an administrator would, with the same looking over, and say what came of it."""
    from huiyin.application.entering_time import with_table
    from huiyin.application.working_time import apply_change, look_through, propose, set_due_times_anew
    from huiyin.application.world import world_of
    from huiyin.organisations.working_time import working_time_of

    world = world_of(organisation)
    change = propose(world, with_table(working_time_of(organisation), table, world.today, correct=correct), None)
    look_through(change)
    years = "、".join(sorted(year for year, text in change.after["years"].items() if change.before["years"].get(year) != text))
    if dry_run:
        return say(f"{organisation}：{years}年放假安排将改变{change.affected}件案件的到期日；没有生效。",
                   f"{organisation}: {years} would move due times of {change.affected} cases; nothing was entered.")
    apply_change(world, change, None, reason)
    set_due_times_anew(organisation)
    change.refresh_from_db()
    return say(f"{organisation}：已录入{years}年放假安排，重新计算了{change.changed}件案件的到期日。",
               f"{organisation}: entered {years}; due times of {change.changed} cases were set anew.")
