"""What a party outside and those who handle the case say to each other; how the party came in is in `inviting`."""

from collections.abc import Mapping
from typing import Any

from huiyin.regime.model import Act

from . import commands as cmd
from .draft import Draft
from .events import ActDone, NoticeQueued
from .inviting import invited_name, running_invitation
from .recording import reason_of

TOLD = "tell-outside"
"""The act by which a party outside is told something; it says to which invitation."""


def ask_back(draft: Draft, act: Act, command: cmd.AskBack, _fields: Mapping[str, Any]) -> None:
    """A party outside asks something; whoever handles the case is told. Raises Refused when nothing was asked."""
    text = reason_of(command.text, act)
    draft.add(ActDone(**draft.stamp, names=("ask-back", "asked-back"), cite=act.cite, act=act.id, text=text))
    who = invited_name(draft.case, draft.actor.person) or "外单位"
    draft.add(
        NoticeQueued(
            **draft.stamp,
            notice="core.asked-back",
            notice_title=f"{who}提问",
            to=("handler",),
            text=text,
            about="asked-back",
        )
    )


def tell_outside(draft: Draft, act: Act, command: cmd.TellOutside, _fields: Mapping[str, Any]) -> None:
    """Tell a party outside something: an answer to what it asked, or what it should know. It stands on the party's page.

    Raises:
        Refused: there is no such invitation, it has ended, or nothing was written.
    """
    invitation = running_invitation(draft, act, command.invitation)
    text = reason_of(command.text, act)
    names = ("tell-outside", "outside-told")
    draft.add(ActDone(**draft.stamp, names=names, cite=act.cite, act=act.id, text=text, to=invitation.key))
