"""A clinic under a regime with duties, corrective actions, watches and a promise (see tests/scenarios/affairs.py)."""

from datetime import UTC, datetime

from tests.scenarios.affairs import REGIME

from huiyin.application import standing
from huiyin.application.filing import file_case
from huiyin.application.running import run
from huiyin.application.standing import enter, open_due
from huiyin.application.sweeping import sweep
from huiyin.application.world import world_of
from huiyin.cases.commands import File, Perform
from huiyin.cases.people import Actor, Respondent
from huiyin.organisations.models import Holding, Organisation, Staff, Unit, UnitRole
from huiyin.organisations.services import publish_regime
from huiyin.store.loading import kept
from huiyin.store.models import CaseRow

MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai
WEN, YI, NEI, WAI, DING = (Actor(person) for person in ("wen", "yi", "nei", "wai", "ding"))


class Clinic:
    """The clinic and its clock; what happens is done through the application."""

    def __init__(self, folder):
        kept.clear()
        standing._ensured.clear()
        (folder / "regime.yaml").write_text(REGIME, encoding="utf-8")
        self.organisation = Organisation.objects.create(
            slug="clinic", title="青屿门诊", rehearsal=True, rehearsal_clock=MONDAY
        )
        house = Unit.objects.create(organisation=self.organisation, key="house", title="青屿门诊")
        for key, title, role in (("office", "投诉办", "office"), ("nei", "内科", "ward"), ("wai", "外科", "ward")):
            unit = Unit.objects.create(organisation=self.organisation, key=key, title=title, parent=house)
            UnitRole.objects.create(unit=unit, regime="clinic", role=role)
            people = {"office": (("wen", "文主任"), ("yi", "易科员"))}.get(key, ((key, f"{title}主任"),))
            for person, name in people:
                Staff.objects.create(organisation=self.organisation, person=person, name=name, unit=unit)
        director = Staff.objects.create(organisation=self.organisation, person="ding", name="丁院长", unit=house)
        Holding.objects.create(staff=director, regime="clinic", role="director")
        publish_regime(self.organisation, folder / "regime.yaml")

    def owe_since(self, when):
        """Let duties be owed since a time, as if the regime had come into force then."""
        enter(world_of(self.organisation), since=when)

    def at(self, when):
        """Set the clock, and let the worker look."""
        self.organisation.rehearsal_clock = when
        Organisation.objects.filter(pk=self.organisation.pk).update(rehearsal_clock=when)
        open_due(self.organisation)
        sweep(self.organisation)

    def file(self, unit="nei", **given):
        """File a complaint about a unit."""
        command = File(kind="complaint", channel="phone", matter={"account": "等候太久"}, respondent=Respondent("unit", unit))
        return file_case(self.organisation, "clinic", YI, command, **given).case_id

    def do(self, who, case_id, work, **arguments):
        """Perform a step, or give a command."""
        command = work if not isinstance(work, str) else Perform(work=work, **arguments)
        return run(self.organisation, who, case_id, command)

    def founded(self, unit="nei"):
        """File a complaint and find it founded."""
        case_id = self.file(unit)
        self.do(YI, case_id, "register", unit=unit)
        self.do(NEI if unit == "nei" else WAI, case_id, "verify", outcome="founded")
        return case_id

    def affairs(self, name):
        """The affairs of a name, oldest first."""
        return list(CaseRow.objects.filter(organisation_id=self.organisation.pk, regime=f"clinic/{name}").order_by("id"))

    def affair(self, name):
        """The only affair of a name."""
        (found,) = self.affairs(name)
        return found
