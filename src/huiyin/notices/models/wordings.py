"""What messages say, in an organisation's own words."""

from django.db import models

from huiyin.organisations.models import Organisation, Staff
from huiyin.organisations.uuid7 import uuid7


class Wording(models.Model):
    """The text of one kind of message under a regime (`regime` empty: all), in a language, for closed or open ways.

    Texts name contents as `{case.number}`; which there are, and which may go an open way, `huiyin.notices.wording` knows.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="wordings")
    regime = models.CharField("制度", max_length=80, blank=True)
    message = models.CharField("消息", max_length=20)
    language = models.CharField("语言", max_length=10)
    open = models.BooleanField("公开渠道")
    subject = models.CharField("标题", max_length=200)
    text = models.TextField("正文")
    set_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", verbose_name="设置人")
    set_at = models.DateTimeField("设置时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "通知用语"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "regime", "message", "language", "open"], name="wording_once"
            )
        ]

    def __str__(self) -> str:
        return self.subject
