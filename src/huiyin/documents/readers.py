"""Who reads a paper: names from the organisation, personal data as far as the policy lets this person have it."""

from collections.abc import Callable, Mapping
from functools import partial

from huiyin.application.loading import Opened
from huiyin.application.personal import parties_for_print
from huiyin.application.world import World
from huiyin.cases.inviting import invited_name
from huiyin.store.personal.data import PersonalData
from huiyin.store.personal.records import MATTER

Parties = Mapping[str, PersonalData]
"""Role (complainant, respondent, matter) → data."""


class CaseReader:
    """Somebody who may see a case; `parties` gives masked data and data in full, asked for once if at all.

    `hidden` is what a rule of confidentiality keeps from this person; `invited` names a party that works on the case
    through a link, and nobody else.
    """

    def __init__(
        self,
        world: World,
        hidden: frozenset[str],
        parties: Callable[[], tuple[Parties, Parties]],
        invited: Callable[[str], str] = lambda _person: "",
    ) -> None:
        self._people = world.people
        self._hidden = hidden
        self._ask = parties
        self._invited = invited
        self._known: tuple[Parties, Parties] | None = None
        self._organisation = world.organisation.title

    @property
    def organisation(self) -> str:
        """The organisation's title."""
        return self._organisation

    def person(self, person: str) -> str:
        """A name; the complainant has none here."""
        return {"complainant": "投诉人", "system": "系统"}.get(person) or self._invited(person) or self._people.name_of(person)

    def unit(self, unit: str) -> str:
        """A unit's title."""
        return self._people.unit_title(unit)

    def personal(self, path: str, *, full: bool) -> str:
        """Masked, or in full where the form lists it and this person's role needs it."""
        if self._known is None:
            self._known = self._ask()
        masked, in_full = self._known
        section, _, name = path.partition(".")
        of_fields = section in ("matter", "facts")  # private values of intake and of work are sealed together
        role = MATTER if of_fields else section
        data = (in_full if full else masked).get(role) or masked.get(role)
        if data is None:
            return ""
        return str(data.other.get(name, "")) if of_fields else str(getattr(data, name))

    def hides(self, path: str) -> bool:
        """Whether a rule of confidentiality keeps the content from this person."""
        real = _REALLY.get(path, path)
        return real in self._hidden or real.partition(".")[0] in self._hidden


_REALLY = {"case.points": "matter", "case.evidence": "evidence"}
"""Names of forms for what the policy calls otherwise."""


def reader_of(opened: Opened) -> CaseReader:
    """The person who opened the case, as a reader of papers this person may read."""
    invited = partial(invited_name, opened.case)
    return CaseReader(opened.world, opened.sight.secret, lambda: parties_for_print(opened), invited)
