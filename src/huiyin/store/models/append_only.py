"""Tables that only grow: Django refuses changes here, database triggers refuse them everywhere (see `guard`)."""

from typing import Any, NoReturn

from django.db import models


class AppendOnlyError(RuntimeError):
    """Somebody tried to change or remove what may only be added to."""

    def __init__(self, table: str) -> None:
        super().__init__(f"{table} 只能追加，不能修改或删除。")


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """A query set without update and delete."""

    def update(self, **_changes: Any) -> NoReturn:
        raise AppendOnlyError(self.model._meta.db_table)  # noqa: SLF001

    def delete(self) -> NoReturn:
        raise AppendOnlyError(self.model._meta.db_table)  # noqa: SLF001


class AppendOnly(models.Model):
    """Base of rows that are written once."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; a row that is there already is not saved again."""
        if not self._state.adding:
            raise AppendOnlyError(self._meta.db_table)
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise AppendOnlyError(self._meta.db_table)
