"""Asking for pages of the workbench through Django's test client: time in the server, without the network."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from .figures import Figure
from .sizes import Sizes
from .timing import Taken, timed

if TYPE_CHECKING:
    from django.test import Client

    from huiyin.organisations.models import Organisation

RATIO = 1.5
"""How much slower a page may be on the large store than on the small one."""


def signed_in(organisation: "Organisation", person: str) -> "Client":
    """A client that this person has signed in with."""
    from django.test import Client

    from huiyin.organisations.models import Staff

    staff = Staff.objects.select_related("user").get(organisation=organisation, person=person)
    assert staff.user is not None
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(staff.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def asking(client: "Client", path: str, **questions: str) -> Callable[[], object]:
    """A call that asks for the page and insists on getting it."""
    address = f"{path}?{urlencode(questions)}" if questions else path

    def ask() -> None:
        status = client.get(address).status_code
        assert status == 200, f"{address}: {status}"

    return ask


def page_time(client: "Client", sizes: Sizes, path: str, **questions: str) -> Taken:
    """What the page takes."""
    return timed(asking(client, path, **questions), sizes.rounds)


def compared(subject: str, budget: float, sizes: Sizes, name: str, small: Taken, large: Taken) -> list[Figure]:
    """A page on both stores, and how the two stand to each other. The ratio is of processor time, which other work on
    the machine does not blur.
    """
    ratio = large.processor / small.processor if small.processor else 1.0
    beside = f"{sizes.small:,} cases: {small.median:.1f} ms; {large.words()}"
    return [
        Figure(subject, f"{name}, {sizes.large:,} cases", large.median, "ms", budget, beside=beside),
        Figure(subject, f"{name}, large : small", ratio, "×", RATIO, beside="processor time"),
    ]
