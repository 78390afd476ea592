"""What other cases said at a moment of the past, as far as it is still known."""

from typing import Any

from huiyin.cases.state import Case

from .history import CaseHistory, since_of
from .models import BookingRow, SanctionRow


class PastHistory(CaseHistory):
    """Earlier cases as of `now` in the past: those received by then, sanctions and bookings made by then.

    Whether another case was open at that time is not kept: a rule that asks for it is left undecided (None).
    """

    def earlier(self, case: Case, relation: str, state: str = "any", period: str | None = None) -> Any:
        """Number of cases in this relation that had been received by then; None where the state of that time is asked."""
        if state != "any":
            return None
        found = self._related(case, relation, state, period)
        return 0 if found is None else self._count(case, relation, found.filter(received_at__lte=self._now))

    def earlier_case(self, case: Case, relation: str, state: str = "any") -> str:
        """None: which case it would have been merged with is for a person."""
        return ""

    def offences(self, rule: str, person: str, period: str) -> int:
        """Sanctions imposed by then, but those taken back since: when that was is not kept in the row."""
        if not person:
            return 0
        since = since_of(period, self._now, self._zone)
        rows = SanctionRow.objects.filter(organisation_id=self._organisation, against=person, rule=rule, at__lte=self._now)
        found = (rows.filter(at__gte=since) if since else rows).values_list("withdraws", flat=True)
        return sum(-1 if each else 1 for each in found)

    def balance(self, ledger: str, account: str) -> float:
        """The opening value and what had been booked in the period by then."""
        declared = self._regime.accountability.ledgers.get(ledger)
        rows = BookingRow.objects.filter(
            organisation_id=self._organisation, ledger=ledger, account=account, at__lte=self._now
        )
        since = since_of(f"calendar {declared.period}", self._now, self._zone) if declared and declared.period else None
        opening = float(declared.opens_with) if declared and declared.opens_with is not None else 0.0
        amounts = (rows.filter(at__gte=since) if since else rows).values_list("amount", flat=True)
        return opening + float(sum(amounts))
