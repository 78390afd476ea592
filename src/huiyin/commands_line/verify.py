"""`huiyin verify`: is everything as it was written?"""

import json

import click

from huiyin.commands_line.choosing import chosen_organisations
from huiyin.commands_line.language import say
from huiyin.commands_line.ready import require_database


@click.command(help=say("核对事件链、案件列表和附件，指出被改动的案件。", "Check events, projections and attachments."))
@click.argument("organisations", nargs=-1, metavar=say("[单位代号]...", "[ORGANISATION]..."))
@click.option("--json", "as_json", is_flag=True, help=say("以 JSON 输出", "Write JSON"))
def command(organisations: tuple[str, ...], *, as_json: bool) -> int:
    """Verify the organisations named, or all; 1 when something is not as it was written."""
    require_database()
    from huiyin.application.rebuilding import is_being_rebuilt
    from huiyin.application.upkeep import verify

    listed: list[dict[str, str]] = []
    for organisation in chosen_organisations(organisations):
        findings = verify(organisation)
        listed += [
            {"organisation": organisation.slug, "kind": finding.kind, "case": str(finding.case_id or ""),
             "number": finding.number, "message": finding.message_zh}
            for finding in findings
        ]
        if as_json:
            continue
        for finding in findings:
            click.echo(f"{organisation.slug}  {finding}")
        if findings and is_being_rebuilt(organisation):
            click.echo(say(
                f"{organisation}：列表正在后台由事件重建，完成后再核对。",
                f"{organisation.slug}: lists are being rebuilt from events; verify again when that is done.",
            ))
        click.echo(say(
            f"{organisation}：" + (f"发现 {len(findings)} 处不符" if findings else "与写入时一致"),
            f"{organisation.slug}: " + (f"{len(findings)} findings" if findings else "as it was written"),
        ))
    if as_json:
        click.echo(json.dumps(listed, ensure_ascii=False, indent=1))
    return 1 if listed else 0
