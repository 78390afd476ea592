"""Parts of what goes in: times, spans, people, evidence, personal data."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, BeforeValidator, ConfigDict, Field, JsonValue, WithJsonSchema
from pydantic_core import PydanticCustomError

from huiyin.calendars import Span, Unit
from huiyin.calendars.written import UnreadableSpanError, parse_span
from huiyin.cases.commands import Charge
from huiyin.cases.people import Complainant, Respondent
from huiyin.cases.state import Evidence
from huiyin.cases.values import LONGEST_TEXT
from huiyin.store.personal.data import PersonalData

FIRST_YEAR, LAST_YEAR = 2000, 2200
LONGEST = {
    Unit.MINUTES: 60_000,
    Unit.HOURS: 10_000,
    Unit.WORKING_HOURS: 10_000,
    Unit.DAYS: 3_650,
    Unit.WORKDAYS: 2_500,
    Unit.WEEKS: 520,
    Unit.MONTHS: 120,
    Unit.YEARS: 10,
}
"""No case waits ten years: longer spans are slips of the pen, and would lead out of every calendar."""

Text = Annotated[str, Field(max_length=LONGEST_TEXT)]
Short = Annotated[str, Field(max_length=200)]
Values = dict[str, JsonValue]


def _span(raw: Any) -> Span:
    if isinstance(raw, Span):
        return raw
    try:
        span = parse_span(raw if isinstance(raw, str) else "")
    except UnreadableSpanError as error:
        raise PydanticCustomError("span", "{en}", {"zh": error.zh, "en": error.en}) from error
    if span.amount > LONGEST[span.unit]:
        most = Span(LONGEST[span.unit], span.unit)
        words = {"zh": f"时间太长，最多{most.title_zh}", "en": f"Too long; at most {most}"}
        raise PydanticCustomError("span", "{en}", words)
    return span


SpanText = Annotated[
    Span,
    BeforeValidator(_span),
    WithJsonSchema({"type": "string", "examples": ["5 workdays"], "description": "a number, a space and a unit"}),
]
"""A length of time as regimes write it: minutes, hours, working hours, days, workdays, weeks, months, years."""


def _not_ancient(moment: datetime) -> datetime:
    if moment.year < FIRST_YEAR:
        ctx = {"zh": f"时间不能早于 {FIRST_YEAR} 年", "en": f"Not before {FIRST_YEAR}"}
        raise PydanticCustomError("ancient", "{en}", ctx)
    if moment.year > LAST_YEAR:
        ctx = {"zh": f"时间不能晚于 {LAST_YEAR} 年", "en": f"Not after {LAST_YEAR}"}
        raise PydanticCustomError("far-off", "{en}", ctx)
    return moment


Moment = Annotated[AwareDatetime, AfterValidator(_not_ancient)]
"""A moment with its offset; older ones than our records, and those centuries away, are slips of the pen."""


class Given(Schema):
    """What a client gives: nothing but the fields we know."""

    model_config = ConfigDict(extra="forbid")


class ComplainantIn(Given):
    """Who complains, without personal data (which goes into `personal`)."""

    anonymous: bool = False
    reachable: bool = True
    is_staff: bool = False
    is_organisation: bool = False
    people: int = Field(default=1, description="how many complain together")

    def to_core(self) -> Complainant:
        return Complainant(**self.model_dump())


class RespondentIn(Given):
    """Who is complained about; `unit` and `person` are ids of the organisation."""

    kind: Literal["", "person", "unit", "organisation", "outside"] = ""
    unit: Short = ""
    person: Short = ""
    name: Short = ""

    def to_core(self) -> Respondent:
        return Respondent(**self.model_dump())


class EvidenceIn(Given):
    """A piece of evidence that is no file (a sample, a paper at the desk); files go to the routes for files."""

    key: Annotated[str, Field(max_length=60, min_length=1)]
    kind: Short = ""
    title: Short
    data: Values = Field(default_factory=dict, description="what the regime asks about this kind; see its evidence")
    place: Short = Field("", description="where the thing is kept")

    def to_core(self) -> Evidence:
        return Evidence(self.key, self.kind, self.title, data=self.data, place=self.place)


class ChargeIn(Given):
    """Whom work charges with what: `to` a role, `unit` where the role has many, `person` the one meant, `due` the day."""

    text: Text = ""
    to: Short = ""
    unit: Short = ""
    person: Short = ""
    due: date | None = None

    def to_core(self) -> Charge:
        return Charge(**self.model_dump())


class PersonalIn(Given):
    """Personal data: sealed at once, never part of the case's events, masked in every answer."""

    name: Short = ""
    phone: Annotated[str, Field(max_length=40)] = ""
    address: Annotated[str, Field(max_length=400)] = ""
    id_number: Annotated[str, Field(max_length=40)] = ""
    email: Short = ""

    def to_core(self) -> PersonalData:
        return PersonalData(**self.model_dump())
