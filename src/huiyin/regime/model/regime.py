"""The regime as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from huiyin.regime.vocabulary import MEANS

from .accountability import Accountability, CorrectiveAction, field_against
from .duties import Commitment, Duty, Watch
from .fields import Setting, Table
from .flags import FlagKind
from .flow import Act, Step
from .intake import AssessmentRow, Category, Intake, RoutingRow, Severity
from .limits import Approval, Limit, Rung
from .orders import OrderKind
from .papers import Form, Guidance, Notice, Questionnaire, Sending
from .reactions import NOTHING, Reactions
from .records import Confidentiality, Governance, Portal, RecordsRow
from .roles import Role
from .samples import SampleKind
from .transfers import Transfers


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Regime:
    """A whole rule book, compiled. `digest` is the SHA-256 of the normalised source, which names the version exactly.

    `settings` are declarations; `answers` the organisation's values (default where it gave none), read by conditions
    as `settings.*`. `table_rows`: table id → key → column → value. `ladder`: the reminders of limits that name none.

    A regime of an affair (`huiyin.regime.affairs`) is derived from the one it belongs to, its `parent`; `affair` is the id
    there of the duty, corrective action, watch or commitment.
    """

    id: str
    title: str
    version: str
    digest: str
    kinds: Mapping[str, str]
    articles: Mapping[str, str]
    roles: Mapping[str, Role]
    intake: Intake
    flow: Mapping[str, Step]
    acts: Mapping[str, Act]
    reactions: Mapping[str, Reactions]
    purpose: str = ""
    scope: str = ""
    organisation: str = ""
    calendar: str = "cn"
    extends: str | None = None
    settings: Mapping[str, Setting] = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)
    table_rows: Mapping[str, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)
    categories: Mapping[str, Category] = field(default_factory=dict)
    severity: Severity = field(default_factory=Severity)
    assessment: tuple[AssessmentRow, ...] = ()
    routing: tuple[RoutingRow, ...] = ()
    samples: Mapping[str, SampleKind] = field(default_factory=dict)
    transfers: Transfers | None = None
    limits: Mapping[str, Limit] = field(default_factory=dict)
    ladder: tuple[Rung, ...] = ()
    orders: Mapping[str, OrderKind] = field(default_factory=dict)
    flags: Mapping[str, FlagKind] = field(default_factory=dict)
    approvals: Mapping[str, Approval] = field(default_factory=dict)
    forms: Mapping[str, Form] = field(default_factory=dict)
    notices: Mapping[str, Notice] = field(default_factory=dict)
    guidance: Mapping[str, Guidance] = field(default_factory=dict)
    questionnaires: Mapping[str, Questionnaire] = field(default_factory=dict)
    accountability: Accountability = field(default_factory=Accountability)
    corrective: Mapping[str, CorrectiveAction] = field(default_factory=dict)
    confidentiality: Mapping[str, Confidentiality] = field(default_factory=dict)
    records: tuple[RecordsRow, ...] = ()
    duties: Mapping[str, Duty] = field(default_factory=dict)
    watches: Mapping[str, Watch] = field(default_factory=dict)
    commitments: Mapping[str, Commitment] = field(default_factory=dict)
    sending: Sending = field(default_factory=Sending)
    portal: Portal = field(default_factory=Portal)
    governance: Governance = field(default_factory=Governance)
    parent: "Regime | None" = None
    affair: str = ""

    def on(self, event: str) -> Reactions:
        """What an event of this name sets going."""
        return self.reactions.get(event, NOTHING)

    @property
    def to_fill_in(self) -> tuple[Setting, ...]:
        """What the regime leaves to the organisation and nobody has filled in yet."""
        return tuple(setting for setting in self.settings.values() if setting.id not in self.answers)

    def limit_of(self, name: str) -> Limit | None:
        """The limit of this name: one of the regime's `limits`, or the time for the report of a kind of order."""
        known = self.orders.get(name)
        return known.limit if known else self.limits.get(name)

    @property
    def is_affair(self) -> bool:
        """Whether cases under it are affairs of the organisation itself: nobody complains and nobody waits for an answer."""
        return self.parent is not None

    def is_under(self, category: str, above: str) -> bool:
        """Whether a category is `above` itself or below it."""
        current: str | None = category or None
        while current and current != above:
            known = self.categories.get(current)
            current = known.parent if known else None
        return current is not None

    def decided_by_step(self, table: str) -> bool:
        """Whether some step decides this table (`assessment`, `routing`, `severity`); otherwise the engine does."""
        return any(table in step.decides for step in self.flow.values())

    @property
    def measured_by_means(self) -> frozenset[str]:
        """Steps of which a commitment measures by what means they are done, so that it has to be said."""
        return frozenset(each.of for each in self.commitments.values() if each.measure == "via-share" and each.of)

    @property
    def follow_ups(self) -> tuple[str, ...]:
        """The steps that ask how somebody was served: those that mark it, and those whose coverage or means is measured."""
        measured = {each.of for each in self.commitments.values() if each.measure in ("follow-up-share", "via-share")}
        return tuple(step.id for step in self.flow.values() if "followed-up" in step.marks or step.id in measured)

    def means_title(self, means: str) -> str:
        """The Chinese name of a means of reaching somebody, which may be one of the channels."""
        channel = self.intake.channels.get(means)
        return MEANS.get(means) or (channel.title if channel else means)

    def role_title(self, role: str) -> str:
        """The Chinese name of a role, of somebody of the case, or of the field that says who it is (`field_against`)."""
        known, found_in = self.roles.get(role), field_against(role)
        if found_in:
            return self.title_of_field(found_in)
        return known.title if known else _PEOPLE_TITLES.get(role.partition(":")[0], role)

    def title_of_field(self, name: str) -> str:
        """The title of a field, in the first work that has one of this name."""
        declared = [work.fields for work in (*self.flow.values(), *self.acts.values())]
        declared += [action.fields for action in self.corrective.values()]
        declared += [work.fields for duty in self.duties.values() for work in (duty, *duty.steps)]
        found = next((fields[name].title for fields in declared if name in fields), "")
        return found or (self.parent.title_of_field(name) if self.parent else name)


_PEOPLE_TITLES = {
    "first-receiver": "首接人",
    "handler": "承办人",
    "handling-unit": "承办部门",
    "handling-head": "承办部门负责人",
    "respondent": "被投诉人",
    "respondent-unit": "被投诉部门",
    "respondent-head": "被投诉部门负责人",
    "superior": "上级",
    "supervisor": "督办人",
    "addressee": "受办人",
    "giver": "交办人",
    "complainant": "投诉人",
    "system": "系统",
    "public": "公众",
    "all-staff": "全体职工",
}
