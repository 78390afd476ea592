"""Bodies outside that file themselves: a bank passes on what its customers complain of, a platform what buyers report.

The regime says through which channel (`own_page`), and in which role (`from`). Whoever files so is a party of the case from
the first event on, as if staff had given it a link, and completes the filing when that is asked for. How a body shows who it
is, is not the core's business.
"""

from collections.abc import Mapping

from huiyin.regime.model import Regime

from .bodies_outside import names_of
from .commands import File
from .draft import Draft
from .events import NoticeQueued, OutsideInvited
from .inviting import OUTSIDE, came_by_link, invited_name, is_invited, link_until
from .people import Actor, Holding
from .state import Case
from .values import PRIVATE

_SAID_OTHERWISE = frozenset({"received", "completion-asked", "code-renewed"})
"""What the body is told itself, or what is the complainant's alone."""

FIRST_INVITATION = "1"
"""The key of the invitation that a source has in a case it filed: the first, since the case begins with it."""


def source_actor(regime: Regime, channel_id: str) -> Actor:
    """The body that files through this channel, as an actor; where the channel has no page of its own, without any role."""
    channel = regime.intake.channels.get(channel_id)
    role = channel.passed_on_by if channel is not None and channel.own_page else None
    holdings = frozenset({Holding(role)}) if role else frozenset[Holding]()
    return Actor(OUTSIDE + FIRST_INVITATION, holdings, "outside")


def is_source(case: Case, actor: Actor) -> bool:
    """Whether the actor is the body that filed this case itself, through a link of the case that opens it now."""
    return bool(case.source) and is_invited(case, actor) and invited_name(case, actor.person) == case.source


def hears_of(event: NoticeQueued) -> bool:
    """Whether the body that filed a case hears of this notice that it was given: it tells the complainant how things stand."""
    return "complainant" in event.to and event.about not in _SAID_OTHERWISE


def reference_of(regime: Regime, case: Case) -> str:
    """The number that the body outside which filed the case has given it; empty where the channel asks for none."""
    channel = regime.intake.channels.get(case.channel)
    value = case.matter.get(channel.reference or "") if channel is not None else None
    return "" if value is None or value == PRIVATE else str(value)[:200]


def problems_of_source(draft: Draft, command: File) -> Mapping[str, str]:
    """Why this actor may not file so: field → words. Only a body that comes without an account names itself as the source."""
    actor = draft.context.actor
    if not came_by_link(actor):
        return {"source": "来文单位只由该单位在自己的页面上提交时记录"} if command.source else {}
    channel = draft.regime.intake.channels.get(command.channel)
    if channel is None or not channel.own_page or not actor.holds(channel.passed_on_by or ""):
        return {"channel": "这个渠道不由贵单位自己提交"}
    if not command.source.strip():
        return {"source": "请写明是哪一个单位"}
    listed = names_of(draft, channel.passed_on_by or "")
    return {"source": f"名单里没有“{command.source}”"} if listed and command.source not in listed else {}


def let_in(draft: Draft, command: File) -> None:
    """The body that filed the case works on it from now on, and sees what the regime lists for its role."""
    role = draft.regime.intake.channels[command.channel].passed_on_by or ""
    many = draft.regime.roles[role].many
    draft.add(
        OutsideInvited(
            **draft.stamp,
            names=("invite",),
            key=FIRST_INVITATION,
            role=role,
            unit=command.source if many else "",
            name=command.source,
            until=link_until(draft, role),
        )
    )
