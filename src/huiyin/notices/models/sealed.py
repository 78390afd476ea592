"""Passwords, tokens and addresses, encrypted in the database as personal data is."""

from collections.abc import Mapping
from uuid import UUID

from django.db import models

from huiyin.organisations.uuid7 import uuid7
from huiyin.store.personal.data import PersonalData
from huiyin.store.personal.sealing import seal, unseal


class SealedRow(models.Model):
    """A row with an encrypted record of addresses, or of settings by name."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key_id = models.CharField(max_length=40)
    wrapped = models.BinaryField()
    sealed = models.BinaryField()

    class Meta:
        abstract = True

    def put(self, organisation_id: UUID, data: PersonalData | Mapping[str, str]) -> None:
        """Seal addresses, or settings by name (the row is not saved yet)."""
        record = data if isinstance(data, PersonalData) else PersonalData(other=dict(data))
        self.key_id, self.wrapped, self.sealed = seal(self.id, organisation_id, record)

    def contact(self, organisation_id: UUID) -> PersonalData:
        """The addresses. Raises SealBroken."""
        return unseal(self.id, organisation_id, self.key_id, bytes(self.wrapped), bytes(self.sealed))

    def settings(self, organisation_id: UUID) -> dict[str, str]:
        """The settings. Raises SealBroken."""
        return dict(self.contact(organisation_id).other)
