"""What falls due by the calendar: recurring duties are opened, watches looked at, commitments measured, each once."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from huiyin.cases.commands import Miss
from huiyin.organisations.models import Holding, Organisation
from huiyin.organisations.regimes import NoSuchRegimeError
from huiyin.regime.affairs import affair_id
from huiyin.regime.affairs.revision import revision_duty
from huiyin.regime.model import Commitment, Duty, Regime
from huiyin.regime.vocabulary import REVISION
from huiyin.standing import watching
from huiyin.standing.missed_targets import missed
from huiyin.standing.occurrences import is_short, next_start, occurrences, periods_to_open
from huiyin.standing.opening import Opening, after_event, for_period
from huiyin.store.availability import clear_failures
from huiyin.store.loading import load
from huiyin.store.models import CaseRow, OrderRow, StandingRow
from huiyin.store.recording import Recording

from .affairs import apply, open_affair
from .figures import count_figures
from .revisions import look_at_revision
from .transactions import in_transaction
from .watches import BATCH, look
from .world import World, world_of

OUTSIDE = ("post-taken", "published")
"""Events outside of cases after which duties may be owed; looked for every day."""

_ensured: dict[UUID, tuple[object, ...]] = {}
"""Organisation → the regimes whose duties, watches and commitments this process has entered."""


def open_due(organisation: Organisation | None = None, now: datetime | None = None) -> int:
    """Open what has fallen due, of one organisation or of all; gives the number of things looked at. `now` as for `sweep`."""
    organisations = [organisation] if organisation is not None else list(Organisation.objects.all())
    count = 0
    for each in organisations:
        with clear_failures():
            world = world_of(each)
            world.now = now or world.now
            enter(world)
            due = StandingRow.objects.filter(organisation_id=each.pk, next_at__lte=world.now).order_by("next_at")
            names = list(due.values_list("regime", "name"))
        for regime_id, name in names:
            in_transaction(_Look(world, regime_id, name))
        count += len(names)
    return count


def enter(world: World, since: datetime | None = None) -> None:
    """Enter what is owed under the regimes in force, from now on (or `since`, for rehearsals); once for each version."""
    known = tuple(each.id for each in world.published if each.active and each.effective_on <= world.today)
    if _ensured.get(world.organisation.pk) == known and since is None:
        return
    rows = []
    for regime_id in sorted({each.regime for each in world.published if each.id in known}):
        regime = world.in_force(regime_id)
        rows += [
            StandingRow(
                organisation_id=world.organisation.pk,
                regime=regime.id,
                name=name,
                since=since or world.now,
                next_at=since or world.now,
            )
            for name in _standing(regime)
        ]
    StandingRow.objects.bulk_create(rows, ignore_conflicts=True)
    _ensured[world.organisation.pk] = known


def _standing(regime: Regime) -> Iterator[str]:
    """What of a regime has to be looked at by the calendar."""
    yield from (duty.id for duty in regime.duties.values() if duty.every or set(duty.after) & set(OUTSIDE))
    yield from (watch.id for watch in regime.watches.values() if watching.needs_the_clock(watch))
    if revision_duty(regime) is not None:
        yield REVISION
    yield from (each.id for each in regime.commitments.values() if each.is_measured)


class _Look:
    """One transaction: look at a duty, watch or commitment, and open what is due."""

    def __init__(self, world: World, regime_id: str, name: str) -> None:
        self.world = world
        self.regime_id = regime_id
        self.name = name

    def __call__(self, recording: Recording) -> None:
        world = self.world
        row = StandingRow.objects.select_for_update().get(
            organisation_id=world.organisation.pk, regime=self.regime_id, name=self.name
        )
        if row.next_at > world.now:  # somebody else was quicker
            return
        tomorrow = next_start("day", world.now, world.calendar) or world.now + timedelta(days=1)
        try:
            regime = world.in_force(self.regime_id)
        except NoSuchRegimeError:
            row.next_at = tomorrow
        else:
            self._look(recording, regime, row, tomorrow)
        row.save(update_fields=["done_to", "next_at"])

    def _look(self, recording: Recording, regime: Regime, row: StandingRow, tomorrow: datetime) -> None:
        row.next_at = tomorrow
        duty, watch = regime.duties.get(self.name), regime.watches.get(self.name)
        commitment = regime.commitments.get(self.name)
        if self.name == REVISION:
            look_at_revision(recording, self.world, regime)
        elif duty is not None and duty.every:
            self._periods(recording, regime, duty, row)
        elif duty is not None:
            since = row.since - timedelta(days=1) if row.done_to is None else row.done_to  # the first day counts
            for opening in _called_outside(self.world, regime, duty, since):
                open_affair(recording, self.world, regime, opening)
            row.done_to = self.world.now
        elif watch is not None:
            for opening in list(look(self.world, regime, watch, row.since, row.done_to)):
                open_affair(recording, self.world, regime, opening)
            ended = watching.windows_ended(watch.over, row.since, row.done_to, self.world.now, self.world.calendar)
            row.done_to = ended[-1].end if ended else row.done_to
        elif commitment is not None:
            self._measure(recording, regime, commitment, row)

    def _periods(self, recording: Recording, regime: Regime, duty: Duty, row: StandingRow) -> None:
        world, every = self.world, duty.every or "$"
        for period in periods_to_open(every, row.since, row.done_to, world.now, world.calendar):
            if is_short(period):
                self._miss(recording, regime, duty)
            carried = carried_over(world, regime.id, duty.id)
            tables, directory = world.tables(regime.id), world.directory(regime.id)
            for opening in for_period(regime, duty, period, directory, tables, carried):
                open_affair(recording, world, regime, opening)
            row.done_to = period.end
        row.next_at = next_start(every, world.now, world.calendar) or row.next_at

    def _miss(self, recording: Recording, regime: Regime, duty: Duty) -> None:
        """End what was not done in its period, now that the next begins."""
        recording.write()
        late = CaseRow.objects.filter(
            organisation_id=self.world.organisation.pk, regime=affair_id(regime.id, duty.id), next_due__lt=self.world.now
        )
        for row in late.exclude(state="closed").select_for_update():
            apply(recording, self.world, row, load(row), Miss())

    def _measure(self, recording: Recording, regime: Regime, commitment: Commitment, row: StandingRow) -> None:
        world = self.world
        begun = occurrences(commitment.over, max(row.since, row.done_to or row.since), world.now, world.calendar)
        ended = [period for period in begun if period.end <= world.now]
        figures = count_figures(world, regime, commitment, ended)
        for period in ended:
            opening = missed(commitment, regime, figures[period.start], world.directory(regime.id))
            if opening is not None:
                open_affair(recording, world, regime, opening)
            row.done_to = period.end


def carried_over(world: World, regime_id: str, duty: str) -> dict[str, tuple[str, ...]]:
    """What earlier periods of a duty left: those whose orders are open still, affairs that came of them; by member."""
    organisation_id = world.organisation.pk
    earlier = CaseRow.objects.filter(organisation_id=organisation_id, regime=affair_id(regime_id, duty))
    members = dict(earlier.order_by("-id").values_list("id", "member")[:BATCH])
    still_open = CaseRow.objects.filter(organisation_id=organisation_id, origin__in=members).exclude(state="closed")
    found: dict[str, tuple[str, ...]] = {}
    points_left = OrderRow.objects.filter(case_id__in=members, state__in=("waiting", "reported"))
    for case_id in sorted(set(points_left.values_list("case_id", flat=True))):
        found[members[case_id]] = (*found.get(members[case_id], ()), str(case_id))
    for case_id, origin in still_open.exclude(occasion="").order_by("id").values_list("id", "origin"):
        if origin is not None:
            found[members[origin]] = (*found.get(members[origin], ()), str(case_id))
    return found


def _called_outside(world: World, regime: Regime, duty: Duty, since: datetime) -> Iterator[Opening]:
    """Duties owed because somebody took a post, or a version of the regime came into force, since a time."""
    directory, tables = world.directory(regime.id), world.tables(regime.id)
    day = since.astimezone(world.calendar.zone).date()
    if "published" in duty.after:
        for each in world.published:
            if each.regime == regime.id and each.active and day < each.effective_on <= world.today:
                yield after_event(regime, duty, "published", str(each.id), "", directory, tables)
    if "post-taken" in duty.after:
        posts = Holding.objects.filter(
            Q(regime="") | Q(regime=regime.id),
            staff__organisation=world.organisation,
            since__gt=day,
            since__lte=world.today,
        )
        posts = posts.filter(role__in=duty.trains) if duty.trains else posts.filter(role__in=list(regime.roles))
        for held in posts.select_related("staff").order_by("id"):
            yield after_event(regime, duty, "post-taken", f"post/{held.pk}", held.staff.person, directory, tables)
