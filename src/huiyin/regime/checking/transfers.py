"""Transfers to bodies outside: rules that never apply, transfers that nobody is reminded of."""

from huiyin.regime.compiling import Desk
from huiyin.regime.model import Regime, RoleGroup


def check_transfers(desk: Desk, regime: Regime) -> None:
    """W10."""
    rules = regime.transfers
    if rules is None:
        return
    path = ("transfers",)
    if not _leaves_us(regime):
        zh, en = "没有一行把案件移送外部单位，也不允许移送", "no row transfers to a body outside, and the act is not allowed"
        desk.found.add("transfer-unwatched", path, at_key=True, zh=zh, en=en)
        return
    ends = {event for limit in regime.limits.values() for event in limit.end}
    for event, wanted in (("transfer-sent", True), ("transfer-received", rules.receipt)):
        if wanted and event not in ends:
            zh, en = f"没有时限以 {event} 为终点，没有人会被提醒", f"no limit leads to {event}, so nobody is reminded"
            desk.found.add("transfer-unwatched", path, at_key=True, zh=zh, en=en)


def _leaves_us(regime: Regime) -> bool:
    to = {role for row in regime.assessment if row.outcome == "transfer" for role in row.to}
    outside = {role.id for role in regime.roles.values() if role.group is RoleGroup.OUTSIDE}
    return bool(to & outside) or regime.acts["transfer"].allowed
