"""Roles, intake, categories, severity, assessment, routing."""

from collections.abc import Mapping
from typing import Any

from huiyin.regime.model import (
    CONTACT_PARTS,
    AssessmentRow,
    Category,
    Channel,
    Contact,
    EvidenceKind,
    Field,
    FieldType,
    ForceLevel,
    ForceRule,
    Intake,
    Role,
    RoleGroup,
    RoutingRow,
    Severity,
    SeverityRule,
    Table,
)
from huiyin.regime.model.roles import LINK_FOR
from huiyin.regime.schema.head import OutsidePart, RolePart
from huiyin.regime.schema.intake import CategoryPart, ChannelPart, EvidencePart
from huiyin.regime.source import Path

from .contents import seen_from_outside
from .desk import Desk
from .names import fields_of_work
from .resolving import item

OUTCOME_TITLES = {
    "accept": "受理", "refuse": "不予受理", "explain": "不予受理并说明", "settle": "当场解决", "merge": "并案",
    "transfer": "移送", "ask-more": "要求补正",
}  # fmt: skip


def roles(desk: Desk) -> dict[str, Role]:
    """All roles of the four groups; a role named twice is reported."""
    result: dict[str, Role] = {}
    for group in RoleGroup:
        parts: Mapping[str, RolePart] = getattr(desk.file.roles, group.value)
        for role_id, part in parts.items():
            path = ("roles", group.value, role_id)
            if role_id in result:
                desk.found.add(
                    "name-taken", path, at_key=True, name=role_id, other_zh="另一角色", other_en="another role"
                )
            for duty in part.trained_by:
                desk.reference(duty, desk.file.duties, (*path, "trained_by"), "定期职责", "duty")
            if group is RoleGroup.NAMED:
                _check_naming(desk, part, path)
            if part.of:
                desk.reference(part.of, desk.file.roles.units, (*path, "of"), "部门角色", "unit role")
            result[role_id] = Role(
                id=role_id,
                title=part.title or role_id,
                group=group,
                many=part.many,
                of=part.of,
                roster=part.roster,
                substitute=desk.optional_role(part.substitute, (*path, "substitute")),
                trained_by=part.trained_by,
                duties=part.duties,
                aliases=part.aliases,
                quorum=part.quorum,
                reached_by=part.reached_by,
                sees=seen_from_outside(desk, part, group, path),
                link_for=desk.amount(part.link_for, (*path, "link_for")) or LINK_FOR,
                field=part.field,
                cite=desk.cite(part.cite, path, needed=False),
                note=part.note,
                **(_of_outside(desk, part, path) if isinstance(part, OutsidePart) else {}),
            )
    return result


def _check_naming(desk: Desk, part: RolePart, path: Path) -> None:
    """A role of the case is held by whom a person field of some work names (E27)."""
    people = [name for name, _owner, each, _where, _given in fields_of_work(desk.file) if each.type == "person"]
    desk.reference(part.field, people, (*path, "field") if part.field else path, "人员字段", "person field")


def _of_outside(desk: Desk, part: OutsidePart, path: Path) -> dict[str, Any]:
    """What a body outside has besides: how it is reached, what it handles, the table where many of its kind are listed."""
    said = {key: desk.words(getattr(part, key), (*path, key)) for key in CONTACT_PARTS}
    if part.listed_in is not None:
        desk.reference(part.listed_in, desk.file.tables, (*path, "listed_in"), "名单", "table")
        if not part.many:
            desk.found.add("missing-key", (*path, "listed_in"), at_key=True, key="many: true")
    return {
        "contact": Contact(**said),
        "handles": desk.condition(part.handles, (*path, "handles"), "table", may_lack=True),
        "listed_in": part.listed_in,
        "pick": desk.condition(part.pick, (*path, "pick"), "table", result="text", may_lack=True),
    }


def tables(desk: Desk) -> dict[str, Table]:
    """The lists the organisation keeps."""
    return {
        table_id: Table(
            id=table_id,
            title=part.title or table_id,
            key=part.key,
            columns=desk.fields(part.columns, (), ("tables", table_id, "columns")),
        )
        for table_id, part in desk.file.tables.items()
    }


def intake(desk: Desk) -> Intake:
    """Channels, fields and evidence."""
    part = desk.file.intake
    desk.required(part.required, part.fields, ("intake", "required"))
    return Intake(
        channels={channel_id: _channel(desk, channel_id, each) for channel_id, each in part.channels.items()},
        fields=desk.fields(part.fields, part.required, ("intake", "fields")),
        evidence=_evidence(desk),
        force={
            level: ForceLevel(level, each.title or level, each.counts) for level, each in desk.file.intake.force.items()
        },
        points=part.points,
        anonymous=part.anonymous,
        number=part.number,
    )


def _channel(desk: Desk, channel_id: str, part: ChannelPart) -> Channel:
    """A way in; one with a page of its own is for bodies outside that are reached by a link or an account (E27)."""
    path = ("intake", "channels", channel_id)
    sender = desk.file.roles.outside.get(part.passed_on_by or "")
    own_page = desk.value(part.own_page, (*path, "own_page")) is True
    if part.own_page and (sender is None or sender.reached_by == "paper"):
        desk.found.add("own-page-of-nobody", (*path, "own_page"), at_key=True, channel=part.title or channel_id)
    if part.reference is not None:
        open_fields = [name for name, field in desk.file.intake.fields.items() if not field.private]
        desk.reference(part.reference, open_fields, (*path, "reference"), "收件字段", "field of intake")
    return Channel(
        id=channel_id,
        title=part.title or channel_id,
        hours=desk.words(part.hours, (*path, "hours")),
        contact=desk.words(part.contact, (*path, "contact")),
        locations=part.locations,
        public=part.passed_on_by is None if part.public is None else part.public,
        passed_on_by=desk.optional_role(part.passed_on_by, (*path, "from")),
        own_page=own_page,
        reference=part.reference,
    )


def _evidence(desk: Desk) -> dict[str, EvidenceKind]:
    result = {}
    for kind_id, part in desk.file.intake.evidence.items():
        path = ("intake", "evidence", kind_id)
        required: Any = part.required
        if isinstance(required, str):
            required = desk.must(required, (*path, "required"))
        decides = bool(part.required) or part.admissible is not None or bool(part.sealed_for)
        result[kind_id] = EvidenceKind(
            id=kind_id,
            title=part.title or kind_id,
            required=required,
            admissible=desk.condition(part.admissible, (*path, "admissible")),
            issuer=part.issuer,
            shows=part.shows,
            instead=part.instead,
            fields=_fields_of_evidence(desk, part, (*path, "fields")),
            physical=part.physical,
            sealed_for=desk.role_list(part.sealed_for, (*path, "sealed_for")),
            force=_force(desk, part, (*path, "force")),
            cite=desk.cite(part.cite, path, needed=decides),
        )
    return result


def _fields_of_evidence(desk: Desk, part: EvidencePart, path: Path) -> dict[str, Field]:
    """What is asked about each piece. It stands in events, so nothing private; the files are the evidence itself."""
    fields = desk.fields(part.fields, (), path)
    for field in fields.values():
        if field.private or field.type is FieldType.FILE:
            desk.found.add("no-field-of-evidence", (*path, field.id), at_key=True, name=field.id)
    return fields


def _force(desk: Desk, part: EvidencePart, path: Path) -> tuple[ForceRule, ...]:
    """How much a piece proves, first match; levels must be declared under `intake.force` (E5)."""
    levels = desk.file.intake.force
    rules = []
    for rule_id, rule in part.force.items():
        if rule.level not in levels:
            desk.found.add(
                "not-a-choice", (*path, rule_id, "is"), value=rule.level, what="force", known=list(levels),
                hint_zh="", hint_en="",
            )  # fmt: skip
        rules.append(
            ForceRule(
                id=rule_id,
                title=rule.title or (levels[rule.level].title if rule.level in levels else rule.level),
                when=desk.condition(rule.when, (*path, rule_id, "when"), "table"),
                level=rule.level,
                cite=desk.cite(rule.cite, (*path, rule_id)),
            )
        )
    return tuple(rules)


def categories(desk: Desk) -> dict[str, Category]:
    """The category tree, flat, parents before children."""
    result: dict[str, Category] = {}

    def add(parts: Mapping[str, CategoryPart], parent: str | None) -> None:
        for category_id, part in parts.items():
            result[category_id] = Category(category_id, part.title or category_id, parent, part.strategy)
            add(part.children, category_id)

    add(desk.file.categories, None)
    return result


def severity(desk: Desk) -> Severity:
    """Levels and the rules that give them."""
    part = desk.file.severity
    if part is None:
        return Severity()
    rules = []
    for rule_id, rule in part.rules.items():
        path = ("severity", "rules", rule_id)
        if rule.level not in part.levels:
            desk.found.add(
                "not-a-choice", (*path, "is"), value=rule.level, what="levels", known=list(part.levels),
                hint_zh="", hint_en="",
            )  # fmt: skip
        rules.append(
            SeverityRule(
                id=rule_id,
                title=rule.title or rule_id,
                when=desk.condition(rule.when, (*path, "when"), "table"),
                level=rule.level,
                cite=desk.cite(rule.cite, path),
            )
        )
    return Severity({level: each.title or level for level, each in part.levels.items()}, tuple(rules))


def assessment(desk: Desk) -> tuple[AssessmentRow, ...]:
    """The assessment table, top to bottom."""
    rows = []
    for row_id, part in desk.file.assessment.items():
        path = ("assessment", row_id)
        rows.append(
            AssessmentRow(
                id=row_id,
                title=part.title or OUTCOME_TITLES[part.outcome],
                when=desk.condition(part.when, (*path, "when"), "table"),
                outcome=part.outcome,
                cite=desk.cite(part.cite, path),
                to=desk.role_list(part.to, (*path, "to")),
                turn_to=_outside(desk, part.turn_to, (*path, "turn_to")),
                to_regime=part.to_regime,
                within=desk.limit(part.within, (*path, "within"), key=f"assessment.{row_id}"),
                approval=desk.approval(part.approval, (*path, "approval")),
            )
        )
    return tuple(rows)


def _outside(desk: Desk, names: tuple[str, ...], path: Path) -> tuple[str, ...]:
    """Bodies outside, and nobody else (E27)."""
    for number, name in enumerate(names):
        desk.reference(name, desk.file.roles.outside, item(path, number, desk.source), "外部单位", "body outside")
    desk.used.roles |= set(names)
    return names


def routing(desk: Desk) -> tuple[RoutingRow, ...]:
    """The routing table, top to bottom."""
    rows = []
    for row_id, part in desk.file.routing.items():
        path = ("routing", row_id)
        to = desk.role_list(part.to, (*path, "to"))
        rows.append(
            RoutingRow(
                id=row_id,
                title=part.title or "交" + "或".join(desk.role_title(role) for role in to),
                when=desk.condition(part.when, (*path, "when"), "table"),
                to=to,
                cite=desk.cite(part.cite, path),
                handler=desk.optional_role(part.handler, (*path, "handler")),
                also=desk.role_list(part.also, (*path, "also")),
                pick=desk.condition(part.pick, (*path, "pick"), "table", result="text", guard=part.when or ""),
                choose=desk.optional_role(part.choose, (*path, "choose")),
                approval=desk.approval(part.approval, (*path, "approval")),
            )
        )
    return tuple(rows)
