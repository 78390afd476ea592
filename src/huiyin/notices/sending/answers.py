"""What an HTTP answer means for the message."""

import socket
from collections.abc import Callable

import requests
from django.utils.translation import gettext_noop
from urllib3.exceptions import NewConnectionError

from huiyin.store.sentences import kept

from .outcome import ACCEPTED, AGAIN, DOWN, NEVER, Outcome
from .targets import TargetRefusedError

_ONCE_MORE = frozenset({408, 409, 425})
_TOO_BUSY = frozenset({429, 503})
"""Said of the other side, not of the message: those behind it would get the same answer."""

_LONGEST_WAIT = 24 * 3600


def outcome_of(call: Callable[[], requests.Response]) -> tuple[Outcome, requests.Response | None]:
    """Make the call; what it means, and the answer if there is one. 2xx counts as accepted, 3xx is refused."""
    try:
        answer = call()
    except TargetRefusedError as refused:
        said = kept(gettext_noop("地址 %(host)s 指向本机或内部网络，未获系统运维人员允许，不发送。"), host=refused)
        return Outcome(NEVER, said), None
    except requests.ConnectTimeout:
        return Outcome(DOWN, kept(gettext_noop("连接不上：对方在规定时间内没有应答。")), handed_over=False), None
    except requests.ConnectionError as error:
        if _was_not_reached(error):
            return Outcome(DOWN, kept(gettext_noop("连接不上：找不到对方，或者对方拒绝连接。")), handed_over=False), None
        return Outcome(DOWN, kept(gettext_noop("连接不上：%(why)s。"), why=type(error).__name__)), None
    except requests.Timeout:
        return Outcome(DOWN, kept(gettext_noop("对方在规定时间内没有应答。"))), None
    except requests.RequestException as error:
        return Outcome(AGAIN, kept(gettext_noop("没有收到完整应答：%(why)s。"), why=type(error).__name__)), None
    status = answer.status_code
    if 200 <= status < 300:
        return Outcome(ACCEPTED, answer=str(status)), answer
    if 300 <= status < 400:
        said = kept(gettext_noop("对方要求转到别的地址（%(status)s），不跟随转向。"), status=status)
        return Outcome(NEVER, said), answer
    said = kept(gettext_noop("对方应答 %(status)s。"), status=status)
    if status in _TOO_BUSY:
        return Outcome(DOWN, said, wait=_seconds(answer)), answer
    if status in _ONCE_MORE or status >= 500:
        return Outcome(AGAIN, said, wait=_seconds(answer)), answer
    return Outcome(NEVER, kept(gettext_noop("对方拒绝（%(status)s）。"), status=status)), answer


def _was_not_reached(error: requests.ConnectionError) -> bool:
    """Whether no connection came about, so that the other side has not seen the message; else it broke after it had."""
    cause = error.args[0] if error.args else None
    return isinstance(getattr(cause, "reason", None), NewConnectionError) or isinstance(error.__cause__, socket.gaierror)


def _seconds(answer: requests.Response) -> int:
    asked = answer.headers.get("Retry-After", "")
    return min(int(asked), _LONGEST_WAIT) if asked.isdecimal() else 0
