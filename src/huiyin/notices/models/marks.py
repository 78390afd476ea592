"""How far somebody has read."""

from uuid import UUID

from django.db import models

from huiyin.organisations.models import Staff

BEFORE_ALL = UUID(int=0)


class ReadMark(models.Model):
    """The newest notice a person has had on the screen: what is newer is unread. Notices have ids in order of time."""

    staff = models.OneToOneField(Staff, on_delete=models.CASCADE, primary_key=True, related_name="read_mark")
    read_to = models.UUIDField(default=BEFORE_ALL)

    def __str__(self) -> str:
        return str(self.read_to)
