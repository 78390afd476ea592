"""What an HTTP answer means for the message."""

from collections.abc import Callable

import requests

from .outcome import ACCEPTED, AGAIN, DOWN, NEVER, Outcome
from .targets import TargetRefusedError

_ONCE_MORE = frozenset({408, 409, 425, 429})
_LONGEST_WAIT = 24 * 3600


def outcome_of(call: Callable[[], requests.Response]) -> tuple[Outcome, requests.Response | None]:
    """Make the call; what it means, and the answer if there is one. 2xx counts as accepted, 3xx is refused."""
    try:
        answer = call()
    except TargetRefusedError as refused:
        return Outcome(NEVER, f"地址 {refused} 指向本机或内部网络，未获系统运维人员允许，不发送。"), None
    except requests.ConnectionError as error:
        return Outcome(DOWN, f"连接不上：{type(error).__name__}"), None
    except requests.Timeout:
        return Outcome(DOWN, "对方在规定时间内没有应答"), None
    except requests.RequestException as error:
        return Outcome(AGAIN, f"没有收到完整应答：{type(error).__name__}"), None
    status = answer.status_code
    if 200 <= status < 300:
        return Outcome(ACCEPTED, answer=str(status)), answer
    if 300 <= status < 400:
        return Outcome(NEVER, f"对方要求转到别的地址（{status}），不跟随转向。"), answer
    if status in _ONCE_MORE or status >= 500:
        return Outcome(AGAIN, f"对方应答 {status}", wait=_seconds(answer)), answer
    return Outcome(NEVER, f"对方拒绝（{status}）"), answer


def _seconds(answer: requests.Response) -> int:
    asked = answer.headers.get("Retry-After", "")
    return min(int(asked), _LONGEST_WAIT) if asked.isdecimal() else 0
