"""Webhooks: JSON signed as the Standard Webhooks specification says, so that receivers can check it with its libraries."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from standardwebhooks.webhooks import Webhook

from .answers import outcome_of
from .message import Message
from .outcome import DOWN, Outcome
from .targets import call


def send_webhooks(settings: Mapping[str, str], messages: Iterable[Message]) -> Iterator[Outcome]:
    """One request for each message. Settings: url, secret (base64, `whsec_…`)."""
    signer = Webhook(settings["secret"])
    for message in messages:
        identity = "msg_" + hashlib.sha256(message.key.encode()).hexdigest()[:32]
        body = json.dumps(
            {"type": message.data.get("type", "notice"), "subject": message.subject, "text": message.text, **message.data},
            ensure_ascii=False,
        )
        now = datetime.now(UTC)
        headers = {
            "Content-Type": "application/json",
            "webhook-id": identity,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": signer.sign(identity, now, body),
        }
        outcome, _answer = outcome_of(
            lambda headers=headers, body=body: call("POST", settings["url"], data=body.encode(), headers=headers)  # type: ignore[misc]
        )
        yield outcome
        if outcome.result == DOWN:
            return
