"""Change an installation from a process of its own, as an administrator elsewhere would.

`python -m soak.changing people`: another head of the ward, another version of the regime. `python -m soak.changing clock`:
two hours pass (in a rehearsal).
"""

import sys
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory


def main() -> int:
    """Do what the first word says."""
    from huiyin.commands_line.ready import start_django

    start_django()
    {"people": _people, "clock": _clock}[sys.argv[1]]()
    return 0


def _people() -> None:
    from huiyin.organisations.models import Holding, Staff, Unit
    from huiyin.organisations.services import publish_regime

    yan = Staff.objects.select_related("organisation").get(person="yan")
    ward = Unit.objects.get(organisation=yan.organisation, key="ward")
    Holding.objects.filter(role="ward-head", unit=ward).get().delete()
    Holding.objects.create(staff=yan, regime="service", role="ward-head", unit=ward)
    text = (Path(__file__).parent / "short.yaml").read_text(encoding="utf-8")
    with TemporaryDirectory() as folder:
        file = Path(folder) / "service.yaml"
        file.write_text(text.replace('version: "1.0"', 'version: "1.1"'), encoding="utf-8")
        publish_regime(yan.organisation, file)


def _clock() -> None:
    from huiyin.organisations.models import Staff
    from huiyin.organisations.services import now_of, set_rehearsal_clock

    mei = Staff.objects.select_related("organisation").get(person="mei")
    set_rehearsal_clock(mei.organisation, now_of(mei.organisation) + timedelta(hours=2), mei)


if __name__ == "__main__":
    sys.exit(main())
