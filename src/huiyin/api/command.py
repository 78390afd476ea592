"""`huiyin token`: issue, list and revoke the tokens of the interface."""

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import click

from huiyin.commands_line.language import say
from huiyin.commands_line.ready import require_database

if TYPE_CHECKING:
    from huiyin.api.models import Token
    from huiyin.organisations.models import Organisation, Staff

_ORGANISATION = click.option(
    "--organisation", default="", help=say("单位代号；只有一个真实单位时可以不写", "Slug; not needed when there is one")
)


@click.group(help=say("签发、列出、吊销接口令牌。", "Issue, list and revoke tokens of the interface."))
def command() -> None:
    """Hold the subcommands."""


@command.command("issue", help=say("签发令牌；密钥只显示这一次。", "Issue a token; its secret is shown once."))
@click.argument("name", metavar=say("用途", "PURPOSE"))
@click.option("--person", default="", help=say("代表的人员代号；不写就是给网站等系统用", "Person it acts as; none: a service"))
@click.option("--scope", "scopes", multiple=True, help=say(
    "范围，可写多次：regimes file track read act maintain；不写时，人员为 regimes file track read act，系统为 regimes file track",
    "Scope, repeatable: regimes file track read act maintain",
))
@click.option("--days", type=click.IntRange(1, 3650), default=365, show_default=True, help=say("有效天数", "Days it lives"))
@_ORGANISATION
@click.option("--json", "as_json", is_flag=True, help=say("以 JSON 输出", "Write JSON"))
def issue(name: str, person: str, scopes: tuple[str, ...], days: int, organisation: str, *, as_json: bool) -> int:
    """Issue a token and print its secret."""
    require_database()
    from huiyin.api import tokens

    place = _organisation(organisation)
    staff = _staff(place, person) if person else None
    usual = (scope for scope in tokens.SCOPES if scope != "maintain" and (staff or scope in tokens.FOR_SERVICES))
    try:
        token, secret = tokens.issue(place, name, scopes or usual, staff=staff, life=timedelta(days=days))
    except tokens.TokenRefusedError as error:
        raise click.UsageError(say(error.zh, error.en)) from error
    if as_json:
        click.echo(json.dumps(_row(token) | {"token": secret}, ensure_ascii=False, indent=1))
        return 0
    click.echo(secret)
    click.echo(say(
        f"{place}，{staff.name if staff else '系统'}，范围 {' '.join(token.scopes)}，到 {token.expires_at:%Y-%m-%d}。"
        "请立即保存，以后不再显示。",
        f"{place.slug}, {person or 'service'}, {' '.join(token.scopes)}, until {token.expires_at:%Y-%m-%d}. "
        "Keep it now; it is not shown again.",
    ), err=True)
    return 0


@command.command("list", help=say("列出令牌。", "List tokens."))
@_ORGANISATION
@click.option("--json", "as_json", is_flag=True, help=say("以 JSON 输出", "Write JSON"))
def list_tokens(organisation: str, *, as_json: bool) -> int:
    """List the tokens of an organisation, or of all."""
    require_database()
    from huiyin.api.models import Token

    found = Token.objects.select_related("organisation", "staff").order_by("id")
    if organisation:
        found = found.filter(organisation=_organisation(organisation))
    rows = [_row(token) for token in found]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return 0
    for row in rows:
        who = row["person"] or say("系统", "service")
        click.echo(f"{row['hint']}…  {row['organisation']}  {who}  {row['state']}  {row['expires_on']}  "
                   f"{' '.join(row['scopes'])}  {row['name']}")
    if not rows:
        click.echo(say("还没有令牌。", "There are no tokens."))
    return 0


@command.command("revoke", help=say("吊销令牌：写它的开头（见 list）或编号。", "Revoke: its first letters or its id."))
@click.argument("which", metavar=say("开头或编号", "HINT or ID"))
def revoke(which: str) -> int:
    """Revoke one token; 1 when there is none of that name."""
    require_database()
    from huiyin.api import tokens
    from huiyin.api.models import Token

    which = which.strip().removesuffix("…")
    found = [token for token in Token.objects.all() if which in (str(token.pk), token.hint)]
    if len(found) != 1:
        click.echo(say(
            f"没有开头或编号为“{which}”的令牌。" if not found else f"有 {len(found)} 个令牌以“{which}”开头，请写编号。",
            f"No token {which}." if not found else f"{len(found)} tokens begin with {which}; give the id.",
        ), err=True)
        return 1
    tokens.revoke(found[0])
    click.echo(say(f"已吊销：{found[0]}", f"Revoked: {found[0].hint}…"))
    return 0


def _row(token: "Token") -> dict[str, Any]:
    from django.utils import timezone

    state = say("有效", "open") if token.is_open(timezone.now()) else say("失效", "closed")
    return {
        "id": str(token.pk),
        "hint": token.hint,
        "organisation": token.organisation.slug,
        "person": token.staff.person if token.staff else "",
        "name": token.name,
        "scopes": token.scopes,
        "state": state,
        "expires_on": f"{token.expires_at:%Y-%m-%d}",
    }


def _organisation(slug: str) -> "Organisation":
    """The organisation named; without a name the only one that is no rehearsal. Raises UsageError."""
    from huiyin.organisations.models import Organisation

    if slug:
        found = list(Organisation.objects.filter(slug=slug))
    else:
        found = list(Organisation.objects.filter(rehearsal=False))
    if len(found) == 1:
        return found[0]
    known = "、".join(Organisation.objects.values_list("slug", flat=True))
    raise click.UsageError(say(
        f"请用 --organisation 写明单位代号，现有：{known or '（没有单位）'}。",
        f"Name the organisation with --organisation: {known or 'there is none'}.",
    ))


def _staff(organisation: "Organisation", person: str) -> "Staff":
    """The person named, who must still be here. Raises UsageError."""
    from huiyin.organisations.models import Staff
    from huiyin.organisations.services import people_of

    if person not in people_of(organisation).persons:
        raise click.UsageError(say(f"{organisation}没有代号为“{person}”的在职人员。", f"Nobody here is called {person}."))
    return Staff.objects.get(organisation=organisation, person=person)
