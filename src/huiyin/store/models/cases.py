"""Projections of cases: what lists, searches and rules about other cases read. Disposable; see `rebuild`."""

from django.db import models
from django.db.models import Q


class CaseRow(models.Model):
    """One case as lists show it. Ids sort by the moment of filing, so lists page by id."""

    id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField()
    search_id = models.BigIntegerField(unique=True, help_text="the case's number in the full-text index")
    number = models.CharField(max_length=60)
    regime = models.CharField(max_length=80)
    regime_version = models.CharField(max_length=80)
    kind = models.CharField(max_length=30)
    channel = models.CharField(max_length=60)
    state = models.CharField(max_length=12)
    phase = models.CharField(max_length=20)
    ending = models.CharField(max_length=12, blank=True, help_text="withdrawn or terminated, when it ended without an answer")
    transfer = models.CharField(max_length=8, blank=True, help_text="decided or sent, while it waits for its receipt elsewhere")
    severity = models.CharField(max_length=60, blank=True)
    severity_rank = models.PositiveSmallIntegerField(default=0)
    category = models.CharField(max_length=80, blank=True)
    assessment = models.CharField(max_length=20, blank=True)
    anonymous = models.BooleanField(default=False)
    complainant_party = models.CharField(max_length=36, blank=True)
    respondent_kind = models.CharField(max_length=20, blank=True)
    respondent_unit = models.CharField(max_length=80, blank=True)
    respondent_person = models.CharField(max_length=80, blank=True)
    respondent_name = models.CharField(max_length=200, blank=True)
    respondent_key = models.CharField(max_length=220, blank=True, help_text="p:person, u:unit or n:folded name")
    handling_role = models.CharField(max_length=80, blank=True)
    handling_unit = models.CharField(max_length=80, blank=True)
    handler = models.CharField(max_length=80, blank=True)
    also = models.JSONField(default=list, help_text="co-handling units")
    first_receiver = models.CharField(max_length=80, blank=True)
    source = models.CharField(max_length=200, blank=True, help_text="the body outside that filed it on its own page")
    reference = models.CharField(max_length=200, blank=True, help_text="the number that body has given it")
    code_issue = models.PositiveIntegerField(default=0)
    barred = models.TextField(blank=True, help_text="|person|person| kept from the case: the accused, those recused")
    confidential = models.BooleanField(default=False, help_text="a confidentiality rule applies: look with `sight`")
    closed_to = models.TextField(blank=True, help_text="|role|role| that look after the regime but not after this case")
    people_as_of = models.CharField(max_length=60, help_text="which state of the organisation's people was projected")
    title = models.CharField(max_length=120, blank=True)
    product = models.CharField(max_length=200, blank=True)
    cause = models.CharField(max_length=200, blank=True)
    received_at = models.DateTimeField()
    filed_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    next_due = models.DateTimeField(null=True)
    overdue = models.BooleanField(default=False)
    attention_at = models.DateTimeField(null=True, help_text="when time must pass next for this case")
    version = models.PositiveIntegerField()
    head = models.CharField(max_length=64, help_text="digest of the last event")
    origin = models.UUIDField(null=True, help_text="the case or affair it came from")
    occasion = models.CharField(max_length=255, blank=True, help_text="what keeps an affair from opening twice")
    member = models.CharField(max_length=200, blank=True, help_text="the place, unit or group an affair is about")
    period_end = models.DateTimeField(null=True, help_text="the end of the period a recurring duty is owed for")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "number"], name="store_case_number"),
            models.UniqueConstraint(
                fields=["organisation_id", "regime", "occasion"], name="store_affair_once", condition=~Q(occasion="")
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "-id"], name="store_case_newest"),
            models.Index(fields=["organisation_id", "regime", "-id"], name="store_case_regime"),
            models.Index(fields=["organisation_id", "state", "-id"], name="store_case_state"),
            models.Index(fields=["organisation_id", "regime", "state", "-id"], name="store_case_regime_state"),
            models.Index(fields=["organisation_id", "phase", "-id"], name="store_case_phase"),
            models.Index(fields=["organisation_id", "kind", "-id"], name="store_case_kind"),
            models.Index(fields=["organisation_id", "channel", "-id"], name="store_case_channel"),
            models.Index(fields=["organisation_id", "severity", "-id"], name="store_case_severity"),
            models.Index(fields=["organisation_id", "category", "-id"], name="store_case_category"),
            models.Index(fields=["organisation_id", "state", "received_at"], name="store_case_received"),
            # With what a unit may have none of, so that no row of all its cases need be read to learn that.
            models.Index(fields=["organisation_id", "handling_unit", "-id", "category", "regime"], name="store_case_unit"),
            models.Index(fields=["organisation_id", "handler", "-id"], name="store_case_handler"),
            models.Index(fields=["organisation_id", "first_receiver", "-id"], name="store_case_receiver"),
            models.Index(fields=["organisation_id", "respondent_key", "-id"], name="store_case_respondent"),
            models.Index(fields=["organisation_id", "source", "-id"], name="store_case_source", condition=~Q(source="")),
            models.Index(
                fields=["organisation_id", "-id"], name="store_case_overdue", condition=Q(overdue=True)
            ),
            models.Index(
                fields=["organisation_id", "received_at"], name="store_case_late", condition=Q(overdue=True)
            ),
            models.Index(
                fields=["organisation_id", "transfer", "-id"], name="store_case_transfer", condition=~Q(transfer="")
            ),
            models.Index(
                fields=["organisation_id", "origin"], name="store_case_origin", condition=Q(origin__isnull=False)
            ),
            models.Index(
                fields=["organisation_id", "kind", "state", "next_due", "id"],
                name="store_affair_due",
                condition=~Q(occasion=""),
            ),
            models.Index(
                fields=["organisation_id", "attention_at", "id"],
                name="store_case_attention",
                condition=Q(attention_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class AudienceRow(models.Model):
    """Who may see a case besides those who look after its whole regime: the access policy written down for lists.

    Subjects are written as `huiyin.store.subjects` says. What is counted above lists stands here as well, so that the
    cases need not be looked at for it.
    """

    pk = models.CompositePrimaryKey("organisation_id", "subject", "case_id")
    organisation_id = models.UUIDField()
    subject = models.CharField(max_length=255, help_text="with the regime before it: service|person:mei")
    case = models.ForeignKey(CaseRow, on_delete=models.CASCADE, db_constraint=False, related_name="+")
    closed = models.BooleanField(default=False, help_text="some who look after the regime do not see this case")
    received_at = models.DateTimeField()
    state = models.CharField(max_length=12)
    barred = models.TextField(blank=True, help_text="as in the case's row")

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation_id", "subject", "case"], name="store_audience_closed", condition=Q(closed=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.pk}"


class TurnRow(models.Model):
    """Something owed on a case by one subject; a turn with several assignees has several rows."""

    pk = models.CompositePrimaryKey("case_id", "position")
    case_id = models.UUIDField()
    position = models.PositiveSmallIntegerField()
    organisation_id = models.UUIDField()
    regime = models.CharField(max_length=80)
    subject = models.CharField(max_length=255, help_text="see huiyin.store.subjects")
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=200)
    work = models.CharField(max_length=120, help_text="the step, act or limit to do for it")
    title = models.CharField(max_length=200)
    due = models.DateTimeField(null=True)
    due_order = models.DateTimeField(help_text="due, or the far future where there is none")
    provisional = models.BooleanField(default=False)
    overdue = models.BooleanField(default=False)
    paused = models.BooleanField(default=False)
    since = models.DateTimeField(null=True)
    cite = models.JSONField(default=list)
    role = models.CharField(max_length=80, blank=True)
    unit = models.CharField(max_length=80, blank=True)
    person = models.CharField(max_length=80, blank=True)
    number = models.CharField(max_length=60)
    case_title = models.CharField(max_length=120, blank=True)
    case_kind = models.CharField(max_length=30)
    confidential = models.BooleanField(default=False)
    severity = models.CharField(max_length=60, blank=True)
    severity_rank = models.PositiveSmallIntegerField(default=0)
    barred = models.TextField(blank=True)
    closed_to = models.TextField(blank=True)
    leading = models.BooleanField(default=True, help_text="the first row of its turn; the others repeat it for others")

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation_id", "subject", "due_order", "case_id", "position"], name="store_turn_by_due"
            ),
            models.Index(
                fields=["organisation_id", "regime", "due_order", "case_id", "position"],
                name="store_turn_regime",
                condition=Q(leading=True),
            ),
            models.Index(
                fields=["organisation_id", "regime", "work", "due_order", "case_id", "position"],
                name="store_turn_work",
                condition=Q(leading=True),
            ),
            models.Index(fields=["organisation_id", "unit", "due_order", "case_id", "position"], name="store_turn_unit"),
            models.Index(
                fields=["organisation_id", "subject", "kind", "due_order", "case_id", "position"], name="store_turn_kind"
            ),
            # The few that are marked, of a subject, a unit and a whole regime: counted above every work list.
            models.Index(
                fields=["organisation_id", "unit", "due_order"], name="store_turn_unit_late", condition=Q(overdue=True)
            ),
            models.Index(
                fields=["organisation_id", "unit", "due_order"], name="store_turn_unit_paused", condition=Q(paused=True)
            ),
            models.Index(
                fields=["organisation_id", "subject", "due_order"], name="store_turn_late", condition=Q(overdue=True)
            ),
            models.Index(
                fields=["organisation_id", "subject", "due_order"], name="store_turn_paused", condition=Q(paused=True)
            ),
            models.Index(
                fields=["organisation_id", "regime", "due_order"],
                name="store_turn_regime_late",
                condition=Q(leading=True, overdue=True),
            ),
            models.Index(
                fields=["organisation_id", "regime", "due_order"],
                name="store_turn_regime_paused",
                condition=Q(leading=True, paused=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class SanctionRow(models.Model):
    """A confirmed sanction or reward; rules ask how often this happened before.

    One that was taken back after an objection has a second row: `withdraws` is the first one's sequence, `at` its time.
    `stands`: measures in force for a time → until when, ISO 8601; `stands_until` is the latest of these, None where there are none.
    """

    pk = models.CompositePrimaryKey("case_id", "sequence")
    case_id = models.UUIDField()
    sequence = models.PositiveIntegerField()
    organisation_id = models.UUIDField()
    regime = models.CharField(max_length=80)
    rule = models.CharField(max_length=80)
    against = models.CharField(max_length=80)
    measures = models.JSONField(default=dict)
    stands = models.JSONField(default=dict)
    stands_until = models.DateTimeField(null=True)
    at = models.DateTimeField()
    withdraws = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "against", "rule", "at"], name="store_sanction_of"),
            models.Index(fields=["organisation_id", "stands_until"], name="store_sanction_stands"),
        ]

    def __str__(self) -> str:
        return f"{self.against} {self.rule}"


class BookingRow(models.Model):
    """An entry of a ledger, copied from its event so that balances are one query.

    `reverses` is the sequence of the entry that a counter-entry takes back, with the `reason`; 0 for ordinary ones.
    """

    pk = models.CompositePrimaryKey("case_id", "sequence")
    case_id = models.UUIDField()
    sequence = models.PositiveIntegerField()
    organisation_id = models.UUIDField()
    regime = models.CharField(max_length=80)
    ledger = models.CharField(max_length=80)
    account = models.CharField(max_length=80)
    amount = models.FloatField()
    measure = models.CharField(max_length=80, blank=True)
    rule = models.CharField(max_length=80, blank=True)
    number = models.CharField(max_length=60)
    at = models.DateTimeField()
    reverses = models.PositiveIntegerField(default=0)
    reason = models.TextField(blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["organisation_id", "ledger", "account", "at"], name="store_booking_of")]

    def __str__(self) -> str:
        return f"{self.ledger} {self.account} {self.amount}"
