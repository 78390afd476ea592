"""Found an organisation on the installation of the environment and print its token: `python -m soak.founding [rehearsal]`."""

import sys
from datetime import timedelta
from pathlib import Path


def main() -> int:
    """Tables, an organisation whose limit is a minute, a token of the one who files."""
    from huiyin.commands_line.ready import prepare_database, start_django

    start_django()
    prepare_database()
    from huiyin.api.tokens import issue
    from huiyin.organisations.models import Staff

    from .house import with_people

    organisation = with_people(Path(__file__).parent / "short.yaml", rehearsal="rehearsal" in sys.argv[1:])
    mei = Staff.objects.get(organisation=organisation, person="mei")
    _, secret = issue(organisation, "soak", ["file", "read", "act"], staff=mei, life=timedelta(days=1))
    sys.stdout.write(secret)
    return 0


if __name__ == "__main__":
    sys.exit(main())
