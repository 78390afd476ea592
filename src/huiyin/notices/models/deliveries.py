"""Messages on their way out: one row for each message, channel and recipient."""

from uuid import UUID

from django.db import models
from django.db.models import Q

from huiyin.store.sentences import read

from .channels import Channel

NOWHERE = UUID(int=0)
"""The case of messages that belong to none."""

ALONE = "alone"
"""Marks a message that was begun by itself."""


class State(models.TextChoices):
    """How far a message has come. `WAITING` covers being tried again; `HELD` ones belong to a rehearsal and never go."""

    WAITING = "waiting", "待发送"
    SENT = "sent", "已接收"
    DEAD = "dead", "发送失败"
    DROPPED = "dropped", "不再发送"
    HELD = "held", "演练，不发送"


class Delivery(models.Model):
    """One message to one recipient over one channel.

    `key` makes it exist once, and goes along so that the other side can tell a second copy. `recipient` is
    `person:wang`, `complainant`, `party:2`, `source:<id>` or `group`; the address is looked up when it is sent, only its masked form is
    kept. `open`: others may read it on its way, so that it says nothing personal. `folded` marks reminders that go out as
    one message, or (`alone`) that one was begun by itself. `contents` are the values the text is made of; `subject` and
    `text` what was sent, with a mark where a name or a code stood.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    organisation_id = models.UUIDField()
    case_id = models.UUIDField()
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="deliveries")
    key = models.CharField(max_length=500, unique=True)
    message = models.CharField(max_length=20, help_text="see huiyin.notices.wording")
    recipient = models.CharField(max_length=120)
    open = models.BooleanField()
    folded = models.CharField(max_length=40, blank=True)
    contents = models.JSONField(default=dict)
    address = models.CharField(max_length=200, blank=True, help_text="masked")
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    made_at = models.DateTimeField()
    not_before = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    trouble = models.TextField(blank=True, help_text="see huiyin.store.sentences")
    ended_at = models.DateTimeField(null=True, help_text="accepted, given up or dropped")
    answer = models.CharField(max_length=200, blank=True, help_text="what the other side calls the message")

    class Meta:
        indexes = [
            models.Index(fields=["not_before", "id"], name="notices_waiting", condition=Q(state="waiting")),
            models.Index(fields=["organisation_id", "-id"], name="notices_dead", condition=Q(state="dead")),
            models.Index(fields=["case_id", "id"], name="notices_of_case"),
        ]

    def __str__(self) -> str:
        return f"{self.message} {self.recipient}"

    @property
    def why(self) -> str:
        """What went wrong, for an administrator."""
        return read(self.trouble)
