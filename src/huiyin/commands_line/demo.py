"""`huiyin demo`: the demo organisation, its rehearsal, and how to sign in."""

import json
from itertools import groupby

import click

from huiyin.commands_line.language import say
from huiyin.commands_line.ready import prepare_database, start_django


@click.command(help=say("准备演示单位、演练单位和演示账号，并列出账号。", "Prepare the demo and list its sign-ins."))
@click.option("--json", "as_json", is_flag=True, help=say("以 JSON 输出全部账号", "All sign-ins as JSON"))
@click.option("--all", "all_of_them", is_flag=True, help=say("列出全部账号", "List all sign-ins"))
@click.option("--with", "more", multiple=True, metavar=say("名称", "NAME"), help=say("再装上一份随附制度", "Add one more pack"))
def command(*, as_json: bool, all_of_them: bool, more: tuple[str, ...]) -> int:
    """Prepare the demo where it is missing, with more packs if wanted, and list the accounts."""
    start_django()
    prepare_database()
    from huiyin.commands_line.demo_cases import fill
    from huiyin.organisations import demo
    from huiyin.regime import packs

    known = packs()
    unknown = [name for name in more if name not in known]
    if unknown:
        wrong = "、".join(unknown)
        raise click.UsageError(say(f"没有随附制度“{wrong}”；huiyin regime list 列出全部。", f"No such pack: {wrong}."))
    organisation, _ = demo.prepare()
    for name in more:
        demo.add_pack(name, known[name])
    fill(organisation)
    demo.open_accounts()
    if as_json:
        accounts = [
            {"username": one.username, "name": one.name, "job_title": one.job_title, "branch": one.branch,
             "organisation": one.organisation}
            for one in demo.sign_ins(all_of_them=True)
        ]
        click.echo(json.dumps({"password": demo.password(), "accounts": accounts}, ensure_ascii=False, indent=1))
    else:
        print_sign_ins(all_of_them=all_of_them)
    return 0


def print_sign_ins(*, all_of_them: bool = False) -> None:
    """Print the demo's accounts by branch, and the password they share."""
    from huiyin.organisations import demo

    click.echo(say(f"演示账号（密码都是 {demo.password()}）：", f"Demo sign-ins (the password is {demo.password()}):"))
    accounts = demo.sign_ins(all_of_them=all_of_them)
    for (_, branch), members in groupby(accounts, key=lambda one: (one.organisation, one.branch)):
        people = "，".join(f"{one.username} {one.name}·{one.job_title}" for one in members)
        click.echo(f"  {branch}：{people}")
