"""When every limit has run out: is every case there that was acknowledged, once, and was time acted on once for each?

`python -m soak.afterwards` on the installation of the environment; the acknowledged numbers come as a JSON list on standard
input, and a JSON object goes out: what is `wrong`, in words, and how many seconds `late` the latest limit was acted on.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator

LIMIT_SECONDS = 60
LONGEST_END = 300.0


def main() -> int:
    """Wait until all is handled, look, and say what was found."""
    from huiyin.commands_line.ready import start_django

    start_django()
    acknowledged = Counter(json.load(sys.stdin))
    time.sleep(LIMIT_SECONDS)
    until = time.monotonic() + LONGEST_END
    while not _is_handled() and time.monotonic() < until:
        time.sleep(0.5)
    json.dump({"wrong": list(_findings(acknowledged)), "late": max(_delays(), default=0.0)}, sys.stdout, ensure_ascii=False)
    return 0


def _findings(acknowledged: Counter[str]) -> Iterator[str]:
    from huiyin.application.upkeep import verify
    from huiyin.organisations.models import Organisation
    from huiyin.store.models import CaseRow

    from .judging import notices, rungs

    yield from (f"verify: {finding}" for finding in verify(Organisation.objects.get(slug="soak")))
    kept = Counter(CaseRow.objects.filter(regime="service").values_list("number", flat=True))
    yield from (f"acknowledged and lost: {number}" for number in acknowledged - kept)
    yield from (f"acknowledged for two callers: {number}" for number, times in acknowledged.items() if times > 1)
    yield from (f"filed twice: {number}" for number in kept - acknowledged)
    yield from rungs({0})
    yield from notices()


def _is_handled() -> bool:
    """The workers go on by themselves; leases of what a worker had in hand run out by themselves, too."""
    from huiyin.store.models import CaseRow, EventRow, OutboxRow

    cases = CaseRow.objects.filter(regime="service").count()
    handled = EventRow.objects.filter(kind="ObligationBreached").count()
    return handled == cases and not OutboxRow.objects.filter(done_at=None).exists()


def _delays() -> Iterator[float]:
    """Seconds between the end of a limit and the moment it was acted on, for each case."""
    from huiyin.store.models import EventRow

    begun = dict(EventRow.objects.filter(sequence=1).values_list("case_id", "at"))
    for case, at in EventRow.objects.filter(kind="ObligationBreached").values_list("case_id", "at"):
        yield (at - begun[case]).total_seconds() - LIMIT_SECONDS


if __name__ == "__main__":
    sys.exit(main())
