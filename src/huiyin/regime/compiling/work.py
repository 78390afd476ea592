"""Work: the steps of the flow, duties, and what they share with acts."""

from dataclasses import replace
from typing import Any, Protocol

from huiyin.regime.limits_written import LimitWritingError, parse_every
from huiyin.regime.model import Duty, DutyStep, Field, Outcome, Requirement, Step
from huiyin.regime.schema.parts import FieldPart
from huiyin.regime.schema.work import DutyStepPart, StepPart, WorkPart
from huiyin.regime.source import Path
from huiyin.regime.vocabulary import DECISIONS, MEANS, MILESTONES, USUAL_STEPS

from .desk import Desk
from .graph import followers
from .resolving import item
from .samples import work_on_samples

_MEMBERS = frozenset({"point", "handling-unit", "respondent", "location"})


def shared(desk: Desk, work_id: str, part: WorkPart, path: Path, *, cited: bool = True) -> dict[str, Any]:
    """The attributes that steps, acts and duties have in common."""
    cite = desk.cite(part.cite, path, needed=cited)
    return {
        "id": work_id,
        "title": part.title,
        "by": desk.role_list(part.by, (*path, "by")),
        "together_with": desk.role_list(part.together_with, (*path, "with")),
        "when": desk.condition(part.when, (*path, "when")),
        "per": _per(desk, part.per, (*path, "per")),
        "fields": fields_of(desk, part, (*path, "fields")),
        "required": required_of(desk, part, (*path, "required")),
        "requires": tuple(
            Requirement(
                that=desk.must(each.that, (*path, "requires", number, "that")),
                otherwise=each.otherwise,
                cite=desk.cite(each.cite, (*path, "requires", number), needed=False) or cite,
            )
            for number, each in enumerate(part.requires)
        ),
        "approval": desk.approval(part.approval, (*path, "approval")),
        "produces": desk.forms(part.produces, (*path, "produces")),
        "reads": _reads(desk, part.reads, (*path, "reads")),
        "asks": desk.questionnaire(part.asks, (*path, "asks")),
        "via": _via(desk, part.via, (*path, "via")),
        "outcomes": {
            outcome: Outcome(
                id=outcome,
                title=each.title or outcome,
                when=desk.condition(each.when, (*path, "outcomes", outcome, "when")),
            )
            for outcome, each in part.outcomes.items()
        },
        "books": _books(desk, part, (*path, "books")),
        **work_on_samples(desk, part, path),
        "orders": desk.order_kind(part.orders, (*path, "orders")),
        "cite": cite,
        "note": part.note,
    }


class FilledIn(Protocol):
    """Anything that asks for fields and produces forms."""

    @property
    def fields(self) -> dict[str, FieldPart]: ...
    @property
    def required(self) -> tuple[str, ...]: ...
    @property
    def produces(self) -> tuple[str, ...]: ...


def required_of(desk: Desk, part: FilledIn, path: Path) -> tuple[str, ...]:
    """What has to be filled in, of the work's own fields and of those of the forms it produces."""
    return desk.required(part.required, {**part.fields, **_filled(desk, part)}, path)


def _filled(desk: Desk, part: FilledIn) -> dict[str, FieldPart]:
    """What the forms that this work produces want filled in when they are produced."""
    forms = [desk.file.forms[form] for form in part.produces if form in desk.file.forms]
    return {name: field for form in forms for name, field in form.filled.items()}


def fields_of(desk: Desk, part: FilledIn, path: Path) -> dict[str, Field]:
    """The fields of the work, then those of the forms it produces."""
    own = desk.fields(part.fields, part.required, path)
    for form_id in part.produces:
        form = desk.file.forms.get(form_id)
        if form is not None:
            more = desk.fields(form.filled, part.required, ("forms", form_id, "filled"))
            own |= {name: field for name, field in more.items() if name not in own}
    return own


def _per(desk: Desk, member: str | None, path: Path) -> str | None:
    if member is None or member in _MEMBERS:
        return member
    many = {role for role, part in desk.file.roles.every().items() if part.many}
    if member not in many:
        known = [*sorted(_MEMBERS), *sorted(many)]
        desk.found.add("not-a-choice", path, value=member, what="per", known=known, hint_zh="", hint_en="")
    desk.used.roles.add(member)
    return member


def _reads(desk: Desk, forms: tuple[str, ...], path: Path) -> tuple[str, ...]:
    """Forms to read before; to be read is no use of a form that nothing produces."""
    for number, each in enumerate(forms):
        desk.reference(each, desk.file.forms, item(path, number, desk.source), "表单", "form")
    return forms


def _via(desk: Desk, means: tuple[str, ...], path: Path) -> tuple[str, ...]:
    known = [*MEANS, *(each for each in desk.file.intake.channels if each not in MEANS)]
    for number, each in enumerate(means):
        desk.reference(each, known, item(path, number, desk.source), "联系方式", "means")
    return means


def _books(desk: Desk, part: WorkPart, path: Path) -> dict[str, str]:
    for ledger, name in part.books.items():
        desk.reference(ledger, desk.file.accountability.ledgers, (*path, ledger), "台账", "ledger")
        desk.reference(name, part.fields, (*path, ledger), "字段", "field")
    return dict(part.books)


def flow(desk: Desk) -> dict[str, Step]:
    """The steps, with what follows from each."""
    steps = {step_id: _step(desk, step_id, part) for step_id, part in desk.file.flow.items()}
    after = followers(steps)
    return {step_id: replace(step, followers=after[step_id]) for step_id, step in steps.items()}


def _step(desk: Desk, step_id: str, part: StepPart) -> Step:
    path: Path = ("flow", step_id)
    if not part.by:
        desk.found.add("missing-key", path, at_key=True, key="by")
    if not part.after and not part.after_all:
        desk.found.add("missing-key", path, at_key=True, key="after")
    common = shared(desk, step_id, part, path)
    common["title"] = part.title or step_title(step_id, part)
    return Step(
        **common,
        after=desk.event_list(part.after, (*path, "after")),
        after_all=desk.event_list(part.after_all, (*path, "after_all")),
        decides=part.decides,
        marks=part.marks,
        share=desk.share(part.share, (*path, "share")),
        attempts=desk.whole(part.attempts, (*path, "attempts")),
        rounds=desk.whole(part.rounds, (*path, "rounds")),
        other_than=tuple(
            desk.reference(other, desk.file.flow, item((*path, "other_than"), number, desk.source), "环节", "step")
            for number, other in enumerate(part.other_than)
        ),
        not_by=desk.role_list(part.not_by, (*path, "not_by")),
    )


def step_title(step_id: str, part: StepPart) -> str:
    """What a step is called that the regime gives no title: by its usual name, its milestone or what it decides."""
    if step_id in USUAL_STEPS:
        return USUAL_STEPS[step_id]
    for mark in part.marks:
        return MILESTONES[mark]
    for decision in part.decides:
        return DECISIONS[decision]
    return step_id


def duties(desk: Desk) -> dict[str, Duty]:
    """Recurring work."""
    result = {}
    for duty_id, part in desk.file.duties.items():
        path: Path = ("duties", duty_id)
        if not part.by:
            desk.found.add("missing-key", path, at_key=True, key="by")
        if part.of is not None:
            desk.reference(part.of, desk.file.tables, (*path, "of"), "表", "table")
        common = shared(desk, duty_id, part, path)
        common["title"] = part.title or duty_id
        result[duty_id] = Duty(
            **common,
            every=_every(desk, part.every, (*path, "every")),
            after=desk.event_list(part.after, (*path, "after")),
            within=desk.limit(part.within, (*path, "within"), key=f"duties.{duty_id}"),
            of=part.of,
            share=desk.share(part.share, (*path, "share")),
            trains=desk.role_list(part.trains, (*path, "trains")),
            files=_files(desk, part.files, (*path, "files")),
            steps=tuple(_duty_step(desk, duty_id, name, each, common) for name, each in part.steps.items()),
        )
        for key in sorted(_OF_STEPS & part.model_fields_set) if part.steps else ():
            written = "with" if key == "together_with" else key
            desk.found.add("of-its-steps", (*path, written), at_key=True, key=written)
    return result


_OF_STEPS = frozenset(
    {"together_with", "fields", "required", "requires", "approval", "produces", "reads", "asks", "via", "outcomes", "books"}
)
"""Of the work of a duty what stands in its steps, where it has any."""


def _duty_step(desk: Desk, duty_id: str, name: str, part: DutyStepPart, duty: dict[str, Any]) -> DutyStep:
    """A step of a duty; it is done by whoever owes the duty, under the same clause, where it says nothing else."""
    path: Path = ("duties", duty_id, "steps", name)
    common = shared(desk, name, part, path, cited=False)
    common["title"] = part.title or name
    common["by"] = common["by"] or duty["by"]
    common["cite"] = common["cite"] or duty["cite"]
    return DutyStep(**common, within=desk.limit(part.within, (*path, "within"), key=f"duties.{duty_id}.steps.{name}"))


def _files(desk: Desk, channel: str | None, path: Path) -> str:
    return desk.reference(channel, desk.file.intake.channels, path, "渠道", "channel") if channel else ""


def _every(desk: Desk, text: str | None, path: Path) -> str | None:
    if text is None:
        return None
    try:
        rhythm = parse_every(text)
    except LimitWritingError as error:
        desk.found.add("bad-limit", path, text=text, hint=error.hint)
        return None
    value = desk.value(rhythm, path)
    return rhythm if rhythm.startswith("$") and value == rhythm[1:] else str(value)
