"""What can be brought up here: the regimes of an organisation by the branch that runs them, and what they promise."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from huiyin.calendars import Span, Unit
from huiyin.organisations.models.people import UnitKind
from huiyin.organisations.people import RegimeDirectory
from huiyin.portal.forms.filing import public_kinds
from huiyin.portal.place import Place
from huiyin.regime.model import LegalPath, Limit, Promptly, Regime
from huiyin.regime.saying import say_limit

from .milestones import is_answer, leads_to, used_here
from .promises import PublicCommitment, public_commitments
from .ways import Way, online_channel, ways_to

MOST_PROMISES = 8
EACH_PROMISES = 2


@dataclass(frozen=True, slots=True)
class Matter:
    """One regime as a visitor chooses it."""

    regime: Regime
    branch: str
    about: str
    kinds: Sequence[str]
    file_href: str
    ways: Sequence[Way]
    paths: Sequence[LegalPath]


@dataclass(frozen=True, slots=True)
class Promise:
    """Something we promise in public: a short word, what it is about, the articles behind it."""

    word: str
    title: str
    note: str
    regime: Regime
    branch: str
    cite: tuple[str, ...]


def matters_of(place: Place) -> list[Matter]:
    """Every regime in force, by branch."""
    found = [_matter(place, regime) for regime in place.regimes]
    return sorted(found, key=lambda matter: (not matter.file_href, matter.branch))


def _matter(place: Place, regime: Regime) -> Matter:
    return Matter(
        regime=regime,
        branch=branch_of(place, regime),
        about=regime.scope or regime.purpose,
        kinds=[title for _kind, title in public_kinds(regime)],
        file_href=place.url("file", regime.id) if online_channel(regime) else "",
        ways=ways_to(regime),
        paths=tuple(regime.portal.paths.values()),
    )


def branch_of(place: Place, regime: Regime) -> str:
    """The branch whose units play the roles of a regime; else the organisation named in it, else ours."""
    people = place.world.people
    branches: Counter[str] = Counter()
    for unit in units_under(place.world.directory(regime.id), regime):
        found: str | None = unit
        while found and people.units[found].kind != UnitKind.BRANCH:
            found = people.units[found].parent
        if found:
            branches[found] += 1
    if branches:
        return people.unit_title(branches.most_common(1)[0][0])
    return regime.organisation or place.organisation.title


def units_under(directory: RegimeDirectory, regime: Regime) -> list[str]:
    """All units that play a role of the regime."""
    return [unit for role in regime.roles for unit in directory.units_of(role) if unit in directory.people.units]


def promises_of(place: Place, matters: Sequence[Matter]) -> list[Promise]:
    """Public commitments and the limits the public feels most, a few of each regime."""
    promised = public_commitments([matter.regime for matter in matters], place.world)
    each = [[*_commitments(matter, promised), *_limits(matter)][:EACH_PROMISES] for matter in matters]
    in_turn = [promises[place] for place in range(EACH_PROMISES) for promises in each if place < len(promises)]
    return in_turn[:MOST_PROMISES]


def _commitments(matter: Matter, promised: Sequence[PublicCommitment]) -> list[Promise]:
    return [
        Promise(each.title, each.text, each.kept, matter.regime, matter.branch, each.cite)
        for each in promised
        if each.regime == matter.regime.id
    ]


def _limits(matter: Matter) -> list[Promise]:
    """Limits that end in an answer come first, then those that end in acceptance; those without a figure are left out."""
    regime = matter.regime
    used = [limit for limit in regime.limits.values() if used_here(regime, limit)]
    felt = [limit for limit in used if is_answer(regime, limit)]
    felt += [limit for limit in used if limit not in felt and leads_to(regime, limit, ("accepted",))]
    return [promise for limit in felt if (promise := _limit(matter, limit)) is not None]


def _limit(matter: Matter, limit: Limit) -> Promise | None:
    row = limit.within[-1]
    if isinstance(row.within, Promptly) or (isinstance(row.within, Span) and row.within.unit is Unit.YEARS):
        return None
    word = say_limit(matter.regime, row.within)
    note = _("一般情况；特殊情形另有规定") if len(limit.within) > 1 else ""
    return Promise(word, limit.title, note, matter.regime, matter.branch, row.cite or limit.cite)
