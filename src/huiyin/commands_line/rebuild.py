"""`huiyin rebuild`: make lists, turns and search anew from the events."""

import click

from huiyin.commands_line.choosing import chosen_organisations
from huiyin.commands_line.language import say
from huiyin.commands_line.ready import require_database


@click.command(help=say("由事件重建案件列表、待办和检索。", "Make lists, turns and search anew from the events."))
@click.argument("organisations", nargs=-1, metavar=say("[单位代号]...", "[ORGANISATION]..."))
def command(organisations: tuple[str, ...]) -> int:
    """Rebuild the organisations named, or all."""
    require_database()
    from huiyin.application.upkeep import rebuild

    for organisation in chosen_organisations(organisations):
        count = rebuild(organisation)
        click.echo(say(f"{organisation}：重建了 {count} 件案件", f"{organisation.slug}: {count} cases rebuilt"))
    return 0
