"""By which version of the program the lists were computed."""

from django.db import models


class ProjectedRow(models.Model):
    """The one row that says of which form the projections in this database are, see `huiyin.store.projections.form`."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    form = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.form
