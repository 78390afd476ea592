"""Setting up the demo organisation and its rehearsal: units, people, posts, and every pack there is."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import structlog
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from huiyin.organisations.demo.posts import give_posts
from huiyin.organisations.demo.tree import BranchPlan, PersonPlan, UnitPlan, branch_for, plan
from huiyin.organisations.models import Organisation, RegimeVersion, Staff, Unit, UnitKind
from huiyin.organisations.regimes import publish_regime
from huiyin.organisations.stamps import people_changed

if TYPE_CHECKING:
    from huiyin.regime.model import Regime, Setting

DEMO_SLUG = plan().slug
REHEARSAL_SLUG = f"{DEMO_SLUG}-rehearsal"
_REHEARSAL_PREFIX = "yl-"

_log = structlog.get_logger(__name__)


def prepare(packs: Mapping[str, Path] | None = None) -> tuple[Organisation, Organisation]:
    """Make sure that the demo and its rehearsal exist and run every pack that is installed; safe to call again.

    `packs` are the packs by name, those that ship with Huiyin unless given.

    Packs that came with an update are added. A pack that is not in order is left out and logged. Accounts are made
    without a password: `accounts.open_accounts` gives them one.
    """
    from huiyin.regime import packs as shipped

    available = shipped() if packs is None else packs
    organisations = (
        _organisation(DEMO_SLUG, plan().title, rehearsal=False),
        _organisation(REHEARSAL_SLUG, plan().rehearsal_title, rehearsal=True),
    )
    for organisation in organisations:
        _add_branches(organisation, plan().branches)
        for branch in plan().branches:
            if branch.pack in available:
                _install(organisation, branch, available[branch.pack])
    return organisations


def add_pack(pack: str, path: Path) -> None:
    """Let the demo and its rehearsal run one more pack: by its planned branch, or one made from what the regime needs.

    Raises:
        huiyin.regime.RegimeErrors: the pack is not in order.
    """
    from huiyin.regime import load

    regime = load(path)
    for organisation in prepare({}):
        branch = branch_for(pack, regime.organisation or f"{regime.title}试行单位")
        _add_branches(organisation, [branch])
        _install(organisation, branch, path)


@transaction.atomic
def _add_branches(organisation: Organisation, branches: Iterable[BranchPlan]) -> None:
    """Branches with their units and people, where they are not there yet: they may have come with an update."""
    known = set(Unit.objects.filter(organisation=organisation, kind=UnitKind.BRANCH).values_list("key", flat=True))
    missing = [branch for branch in branches if branch.key not in known]
    if not missing:
        return
    group = Unit.objects.get(organisation=organisation, key="group")
    for branch in missing:
        house = Unit.objects.create(
            organisation=organisation, key=branch.key, title=branch.title, kind=UnitKind.BRANCH, parent=group
        )
        _add_units(organisation, house, branch.units, _REHEARSAL_PREFIX if organisation.rehearsal else "")
    people_changed(organisation.pk)


@transaction.atomic
def _organisation(slug: str, title: str, *, rehearsal: bool) -> Organisation:
    known = Organisation.objects.filter(slug=slug).first()
    if known is not None:
        return known
    organisation = Organisation.objects.create(
        slug=slug,
        title=title,
        demo=True,
        rehearsal=rehearsal,
        rehearsal_clock=timezone.now().replace(second=0, microsecond=0) if rehearsal else None,
        opening_hours={str(weekday): plan().opening_hours for weekday in range(5)},
    )
    group = Unit.objects.create(organisation=organisation, key="group", title=title, kind=UnitKind.BRANCH)
    _add_units(organisation, group, [plan().headquarters], _REHEARSAL_PREFIX if rehearsal else "")
    people_changed(organisation.pk)
    return organisation


def _add_units(organisation: Organisation, house: Unit, units: Sequence[UnitPlan], prefix: str) -> None:
    """Units with their people and heads, a few statements for all of them."""
    rows = {
        unit.key: Unit(organisation=organisation, key=unit.key, title=unit.title, kind=unit.kind,
                       parent=None if unit.kind == UnitKind.OUTSIDE else house)
        for unit in units
    }
    Unit.objects.bulk_create(rows.values())
    people = [(rows[unit.key], person) for unit in units for person in unit.people]
    staff = add_people(organisation, people, prefix)
    heads = [Unit.heads.through(unit_id=rows[unit.key].pk, staff_id=staff[unit.people[0].person].pk) for unit in units]
    Unit.heads.through.objects.bulk_create(heads)


def add_people(organisation: Organisation, people: list[tuple[Unit, PersonPlan]], prefix: str) -> dict[str, Staff]:
    """Staff with a sign-in each (no usable password yet), by person id."""
    users = get_user_model()
    closed = make_password(None)
    accounts = {
        person.person: users(username=prefix + person.person, first_name=person.name, password=closed)
        for _, person in people
    }
    users.objects.bulk_create(accounts.values())
    staff = {
        person.person: Staff(organisation=organisation, user=accounts[person.person], person=person.person, unit=unit,
                             name=person.name, job_title=person.title, administrator=person.administrator)
        for unit, person in people
    }
    Staff.objects.bulk_create(staff.values())
    return staff


def _install(organisation: Organisation, branch: BranchPlan, path: Path) -> None:
    """Publish the branch's pack unless this version is published already, and fill all of its roles."""
    from huiyin.regime import check

    if _is_published(organisation, path):
        return
    report = check(path)
    if report.regime is None:
        _log.warning("demo-pack-left-out", pack=branch.pack, problems=[str(problem) for problem in report.errors])
        return
    regime = report.regime
    with transaction.atomic():
        tables = {name: rows for name, rows in branch.tables.items() if name in regime.tables}
        publish_regime(organisation, path, _answers(regime, branch.answers), tables)
        give_posts(organisation, branch, regime)


def _is_published(organisation: Organisation, path: Path) -> bool:
    """Whether this version is there already; looks at the head of the file only, so that a later start is quick."""
    file = path / "regime.yaml" if path.is_dir() else path
    head = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        key, colon, value = line.partition(":")
        if colon and key in ("regime", "version"):
            head[key] = value.split(" #", 1)[0].strip().strip("\"'")
    versions = RegimeVersion.objects.filter(organisation=organisation, regime=head.get("regime", ""))
    return versions.filter(version=head.get("version", "")).exists()


def _answers(regime: "Regime", planned: Mapping[str, Any]) -> dict[str, Any]:
    """The planned answers, and something sensible for every other setting without a default."""
    return {
        setting.id: planned.get(setting.id, _something(setting, regime))
        for setting in regime.settings.values()
        if setting.id in planned or setting.default is None
    }


def _something(setting: "Setting", regime: "Regime") -> Any:
    match setting.type:
        case "limit":
            return "5 workdays"
        case "every":
            return "month"
        case "number":
            return 3
        case "money":
            return 1000
        case "share":
            return "20%"
        case "yes-no":
            return True
        case "role":
            return next(iter(regime.roles))
        case "choice":
            return next(iter(setting.choices))
        case _:
            return "按本单位规定办理"
