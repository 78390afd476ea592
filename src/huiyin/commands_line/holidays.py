"""`huiyin calendar enter`: a newly announced year of holidays, and the due times it touches."""

from pathlib import Path

import click

from huiyin.commands_line.language import say
from huiyin.commands_line.ready import require_database


@click.command(
    "enter",
    help=say(
        "录入新公布的放假安排（CSV，列为 year,holiday,off,work），并重新计算在办案件的到期日。",
        "Enter a newly announced year of holidays (CSV year,holiday,off,work) and set due times anew.",
    ),
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--organisation", "slug", default="", help=say("单位简称；默认是全部单位", "Slug; all by default"))
def enter(file: Path, *, slug: str) -> int:
    """Enter the years of a file for one organisation or all; every changed due time is an event of its case."""
    require_database()
    from huiyin.application.sweeping import recalculate_provisional
    from huiyin.organisations.models import Organisation
    from huiyin.organisations.services import enter_arrangement

    organisations = Organisation.objects.filter(slug=slug) if slug else Organisation.objects.all()
    if not organisations:
        raise click.UsageError(say(f"没有单位“{slug}”。", f"No organisation {slug}."))
    try:
        table = file.read_text(encoding="utf-8-sig")
        for organisation in organisations:
            years = enter_arrangement(organisation, table)
            changed = recalculate_provisional(organisation)
            named = "、".join(map(str, years))
            click.echo(
                say(
                    f"{organisation}：已录入{named}年放假安排，重新计算了{changed}件案件的到期日。",
                    f"{organisation}: entered {named}; due times of {changed} cases were set anew.",
                )
            )
    except (UnicodeDecodeError, ValueError) as error:
        raise click.UsageError(say(f"{file.name} 不能录入：{error}", f"{file.name} cannot be entered: {error}")) from error
    return 0
