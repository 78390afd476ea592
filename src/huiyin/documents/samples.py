"""Samples of a regime's forms, from its stories: what a rule writer looks at before anybody uses a form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from huiyin.cases.documents.composing import compose
from huiyin.cases.documents.content import Run, Sheet, sheet_from_json
from huiyin.cases.documents.values import Production
from huiyin.cases.events import DocumentProduced
from huiyin.cases.state import Case
from huiyin.documents.printed import Printed, PrintedSignature, printed
from huiyin.documents.registers import line_of, register_paper
from huiyin.regime import load
from huiyin.regime.model import Form, Regime
from huiyin.scenarios import scenes_of
from huiyin.scenarios.world import World
from huiyin.store.personal.data import PersonalData

INVENTED = PersonalData(
    name="林晓雨",
    phone="13800005521",
    address="青屿市明珠区海棠路12号",
    id_number="110101199001011237",
    email="lin.xiaoyu@example.com",
)
MOST_LINES = 12
"""Lines of a sample register."""
ORGANISATION = "青屿市第一示例单位"


@dataclass(frozen=True, slots=True)
class Sample:
    """A form filled from a story. `produced`: a story came to it; else it is filled from a case that did not."""

    form: Form
    paper: Printed
    produced: bool


@dataclass(frozen=True, slots=True)
class SampleReader:
    """Reads with invented people: roles carry their titles, the complainant is 林晓雨."""

    regime: Regime
    organisation: str = ORGANISATION
    units: Mapping[str, str] = field(default_factory=dict)
    """Unit of a story → the unit role it has."""

    def person(self, person: str) -> str:
        """A name of the story, or the title of the role that stands in for it."""
        role, _, unit = person.partition("@")
        if role == "head":
            return f"{self.unit(unit)}负责人"
        if role.endswith("-head") and role not in self.regime.roles:
            return f"{self.unit(role.removesuffix('-head'))}负责人"
        title, where = self.regime.role_title(role), self.unit(unit) if unit else ""
        return title if where in ("", title) else f"{title}（{where}）"

    def unit(self, unit: str) -> str:
        """A unit of the story by its name; the title of its role for one that only has an id."""
        return self.regime.role_title(self.units.get(unit, unit) if unit.isascii() else unit)

    def personal(self, path: str, *, full: bool) -> str:
        """The invented complainant's data."""
        section, _, name = path.partition(".")
        if section in ("matter", "facts"):
            return "（个人信息）"
        return str(getattr(INVENTED if full else INVENTED.masked(), name))

    def hides(self, path: str) -> bool:
        """Nothing is hidden from the rule writer: nobody's data is in it."""
        return False


@dataclass(frozen=True, slots=True)
class Played:
    """What the stories beside a regime came to: their cases, and every document with the case it was produced in."""

    regime: Regime
    cases: tuple[Case, ...]
    produced: tuple[tuple[DocumentProduced, Case], ...]
    reader: SampleReader

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the stories."""
        return World(self.regime).calendar.zone

    def paper(self, event: DocumentProduced, case: Case) -> Printed:
        """A document of a story as it is printed, with the signatures it has."""
        sheet = sheet_from_json(event.content)
        return printed(sheet, self.reader, _signatures(sheet, case, event.key, self.reader), mark="样张")


def played(folder: Path) -> Played:
    """Play the stories of this folder.

    Raises:
        huiyin.scenarios.ScriptError, huiyin.regime.RegimeErrors: there are no stories, or the regime has errors.
    """
    regime = load(folder)
    cases: list[Case] = []
    produced: list[tuple[DocumentProduced, Case]] = []
    units: dict[str, str] = {}
    for _story, scene in scenes_of(folder):
        units |= {unit: role for role, named in scene.world.units.items() for unit in named}
        cases += [track.case for track in scene.cases]
        for track in scene.tracks:
            produced += [(event, track.case) for event in track.events if isinstance(event, DocumentProduced)]
    return Played(regime, tuple(cases), tuple(produced), SampleReader(regime, units=units))


def samples_of(folder: Path) -> Iterator[Sample]:
    """A sample of every form of the regime in this folder, in the order of the file.

    Raises:
        huiyin.scenarios.ScriptError, huiyin.regime.RegimeErrors: there are no stories, or the regime has errors.
    """
    yield from samples_from(played(folder))


def samples_from(play: Played) -> Iterator[Sample]:
    """A sample of every form: the fullest its stories came to, else one filled from a case that did not come to it."""
    regime, cases, reader = play.regime, play.cases, play.reader
    best: dict[str, tuple[int, DocumentProduced, Case]] = {}
    for event, case in play.produced:
        said = _words_in(sheet_from_json(event.content))
        if event.form not in best or said > best[event.form][0]:
            best[event.form] = said, event, case
    for form in regime.forms.values():
        if form.of == "cases":
            at = cases[-1].filed_at
            lines = [line_of(regime, form, case, reader, play.zone, at) for case in cases[:MOST_LINES]]
            paper = register_paper(regime, form, lines, reader, period="样张", zone=play.zone, at=at)
            yield Sample(form, replace(paper, mark="样张"), produced=True)
        elif form.id in best:
            _said, event, case = best[form.id]
            yield Sample(form, play.paper(event, case), produced=True)
        elif cases:
            by = cases[0].first_receiver or "system"
            made = Production(f"{form.id}-1", form.id, "", "", by, cases[0].filed_at, f"{cases[0].number}/1", 1, play.zone)
            sheet = compose(regime, cases[0], form, made)
            open_places = [PrintedSignature(place.title) for place in sheet.places for _ in range(place.many)]
            yield Sample(form, replace(printed(sheet, reader, open_places), mark="样张"), produced=False)


def _words_in(sheet: Sheet) -> int:
    """How much a sheet says, to choose the fullest."""

    def runs(value: object) -> Iterator[Run]:
        if isinstance(value, Run):
            yield value
        elif isinstance(value, tuple):
            for each in value:
                yield from runs(each)

    texts: list[object] = []
    for block in sheet.blocks:
        for name in block.__slots__:
            value = getattr(block, name)
            texts.append(tuple(cell.text for row in value for cell in row if hasattr(cell, "text")) if name == "rows" else value)
    return sum(len(run.text) for each in texts for run in runs(each))


def _signatures(sheet: Sheet, case: Case, key: str, reader: SampleReader) -> list[PrintedSignature]:
    document = case.documents[key]
    signed = dict.fromkeys(role for role, _person in document.signatures)
    names = {role: [person for each, person in document.signatures if each == role] for role in signed}
    places = []
    for place in sheet.places:
        mine = [PrintedSignature(place.title, reader.person(person), sheet.day) for person in names.get(place.role, [])]
        places += mine + [PrintedSignature(place.title)] * (place.many - len(mine))
    return places


def blank_sample(regime: Regime, form: Form, at: datetime, zone: ZoneInfo) -> Printed:
    """A form of a case as it looks before anything is filled in."""
    case = Case(
        id="",
        organisation="",
        regime=regime.id,
        regime_version=regime.version,
        number="样张",
        kind=next(iter(regime.kinds)),
        channel=next(iter(regime.intake.channels), ""),
        passed_on_by="",
        received_at=at,
        filed_at=at,
        category=next(iter(regime.categories), ""),
        severity=next(iter(regime.severity.levels), ""),
    )
    made = Production(f"{form.id}-1", form.id, "", "", "system", at, "", 1, zone)
    sheet = compose(regime, case, form, made)
    open_places = [PrintedSignature(place.title) for place in sheet.places for _ in range(place.many)]
    return replace(printed(sheet, SampleReader(regime), open_places), mark="样张")
