"""What stands over the cases: which cases watches count, which watches fire, how far duties and targets were looked at."""

from django.db import models


class CountRow(models.Model):
    """A case that counts for a watch in a group: what watches are judged by. Disposable; see `rebuild`."""

    pk = models.CompositePrimaryKey("case_id", "watch", "group")
    case_id = models.UUIDField()
    watch = models.CharField(max_length=80)
    group = models.CharField(max_length=200)
    organisation_id = models.UUIDField()
    regime = models.CharField(max_length=80)
    at = models.DateTimeField(help_text="when it counts")

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "regime", "watch", "group", "at"], name="store_count_of_group"),
        ]

    def __str__(self) -> str:
        return f"{self.watch} {self.group}"


class FiringRow(models.Model):
    """A group of a watch that has stood at its mark; its row is locked while the group is judged."""

    pk = models.CompositePrimaryKey("organisation_id", "regime", "watch", "group")
    organisation_id = models.UUIDField()
    regime = models.CharField(max_length=80)
    watch = models.CharField(max_length=80)
    group = models.CharField(max_length=200)
    window_start = models.DateTimeField(null=True, help_text="of the window in which it fired; empty when it has fallen")
    window_end = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.watch} {self.group}"


class FigureRow(models.Model):
    """What a commitment measured over a period, as the worker last counted it; counted anew as long as the period runs.

    Disposable as long as its cases are there: what is missing of the latest periods is counted again.
    """

    pk = models.CompositePrimaryKey("organisation_id", "regime", "commitment", "start")
    organisation_id = models.UUIDField()
    regime = models.CharField(max_length=80)
    commitment = models.CharField(max_length=80)
    start = models.DateTimeField()
    end = models.DateTimeField(help_text="not part of it")
    value = models.FloatField(null=True, help_text="percent, days or a number; empty where no case counted")
    counted = models.FloatField()
    among = models.FloatField()
    kept = models.BooleanField(null=True, help_text="whether every bound holds, where that can be said")
    measured_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.regime} {self.commitment} {self.start:%Y-%m-%d}"


class StandingRow(models.Model):
    """A duty, watch or commitment of an organisation: since when it is owed, up to when it was looked at, when it is next."""

    pk = models.CompositePrimaryKey("organisation_id", "regime", "name")
    organisation_id = models.UUIDField()
    regime = models.CharField(max_length=80)
    name = models.CharField(max_length=80)
    since = models.DateTimeField()
    done_to = models.DateTimeField(null=True)
    next_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["organisation_id", "next_at"], name="store_standing_next")]

    def __str__(self) -> str:
        return f"{self.regime} {self.name}"
