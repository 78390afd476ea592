"""SMS through the HTTP gateway of whichever provider the organisation has a contract with."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import requests
from django.utils.translation import gettext_noop

from huiyin.store.personal.data import normal_phone
from huiyin.store.sentences import kept

from .answers import outcome_of
from .message import Message
from .outcome import ACCEPTED, AGAIN, DOWN, Outcome
from .targets import call

PLACES = ("{phone}", "{text}", "{key}")
"""What the body of a request can name: the number, the words, and what is the same for each copy of one message."""


def send_sms(settings: Mapping[str, str], messages: Iterable[Message]) -> Iterator[Outcome]:
    """One request for each message.

    Settings: url, headers (JSON object), body (JSON object whose texts may name PLACES), format (json or form),
    success_path and success_value (where in a JSON answer it says that the message was taken; empty: 2xx will do),
    answer_path (where it gives the message's number).
    """
    headers = json.loads(settings.get("headers") or "{}")
    template = json.loads(settings["body"])
    for message in messages:
        values = {
            "{phone}": number_to_dial(message.to),
            "{text}": message.text,
            "{key}": hashlib.sha256(message.key.encode()).hexdigest()[:32],
        }
        body = filled(template, values)
        how: dict[str, Any] = {"data": body} if settings.get("format") == "form" else {"json": body}
        outcome, answer = outcome_of(lambda how=how: call("POST", settings["url"], headers=headers, **how))  # type: ignore[misc]
        if outcome.result == ACCEPTED and answer is not None:
            outcome = _read(settings, answer)
        yield outcome
        if outcome.result == DOWN:
            return


def number_to_dial(phone: str) -> str:
    """Digits as gateways want them, however a person wrote them; a number abroad keeps its plus sign."""
    digits = normal_phone(phone)
    abroad = phone.strip().startswith("+") and not phone.strip().startswith("+86")
    return f"+{digits}" if abroad else digits


def filled(template: Any, values: Mapping[str, str]) -> Any:
    """The template with its places filled; values enter texts only, so they cannot change the form of the request."""
    if isinstance(template, dict):
        return {name: filled(each, values) for name, each in template.items()}
    if isinstance(template, list):
        return [filled(each, values) for each in template]
    if isinstance(template, str):
        for place, value in values.items():
            template = template.replace(place, value)
    return template


def _read(settings: Mapping[str, str], answer: requests.Response) -> Outcome:
    try:
        said = answer.json() if settings.get("success_path") or settings.get("answer_path") else {}
    except ValueError:
        return Outcome(AGAIN, kept(gettext_noop("短信网关的应答不是 JSON。")))
    if settings.get("success_path"):
        found = at(said, settings["success_path"])
        if str(found) != settings.get("success_value", ""):
            said = kept(gettext_noop("短信网关没有接收：%(path)s=%(found)s。"), path=settings["success_path"], found=found)
            return Outcome(AGAIN, said)
    return Outcome(ACCEPTED, answer=str(at(said, settings.get("answer_path", "")) or "")[:200])


def at(data: Any, path: str) -> Any:
    """The value at a path of names and numbers with dots between, `data.0.id`; None where there is none."""
    for name in filter(None, path.split(".")):
        if isinstance(data, dict):
            data = data.get(name)
        elif isinstance(data, list) and name.isdecimal() and int(name) < len(data):
            data = data[int(name)]
        else:
            return None
    return data if path else None
