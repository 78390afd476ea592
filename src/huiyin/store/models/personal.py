"""Personal data, encrypted; blind indexes to find it; a log of every look at it."""

from django.db import models

from .append_only import AppendOnly


class PersonalRow(models.Model):
    """One sealed record: a party of a case, or the private fields of its matter. Erasing the row erases the data."""

    id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField()
    case_id = models.UUIDField()
    role = models.CharField(max_length=20, help_text="complainant, respondent or matter")
    key_id = models.CharField(max_length=40, help_text="which master key wraps the data key")
    wrapped = models.BinaryField(help_text="the record's own key, encrypted by the master key")
    sealed = models.BinaryField(help_text="the record, encrypted by its own key")

    class Meta:
        indexes = [models.Index(fields=["case_id", "role"], name="store_personal_case")]

    def __str__(self) -> str:
        return f"{self.role} {self.id}"


class BlindIndexRow(models.Model):
    """A keyed digest of one value, for exact search without decrypting."""

    pk = models.CompositePrimaryKey("organisation_id", "digest", "party_id", "field")
    organisation_id = models.UUIDField()
    digest = models.CharField(max_length=40)
    party_id = models.UUIDField()
    field = models.CharField(max_length=16, help_text="name, phone, phone-tail, id-number, email")
    case_id = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["party_id"], name="store_blind_party")]

    def __str__(self) -> str:
        return f"{self.field} {self.digest}"


class AccessRow(AppendOnly):
    """Somebody looked at personal data, exported or printed; written before it is shown."""

    id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField()
    case_id = models.UUIDField()
    person = models.CharField(max_length=80)
    what = models.CharField(max_length=40)
    reason = models.TextField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["case_id", "id"], name="store_access_case")]

    def __str__(self) -> str:
        return f"{self.person} {self.what}"


class TrackingAttemptRow(models.Model):
    """Wrong tracking codes, counted per subject (a number and address, a number, an address) and window of time."""

    pk = models.CompositePrimaryKey("organisation_id", "subject", "window")
    organisation_id = models.UUIDField()
    subject = models.CharField(max_length=80)
    window = models.DateTimeField(help_text="start of the window")
    failures = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.subject} {self.failures}"
