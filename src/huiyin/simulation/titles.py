"""What the things are called that outcomes name: the titles of two versions, the later one first."""

from collections.abc import Iterator

from huiyin.regime.model import Regime


def titles_of(before: Regime, after: Regime) -> dict[str, str]:
    """Path → title: `limits.reply`, `flow.close`, `severity.grave`, `roles.desk` … of both versions."""
    return {**dict(_titles(before)), **dict(_titles(after))}


def _titles(regime: Regime) -> Iterator[tuple[str, str]]:
    yield from ((f"limits.{limit.id}", limit.title) for limit in regime.limits.values())
    yield from ((f"flow.{step.id}", step.title) for step in regime.flow.values())
    yield from ((f"severity.{level}", title) for level, title in regime.severity.levels.items())
    yield from ((f"severity.{rule.id}", rule.title) for rule in regime.severity.rules)
    yield from ((f"assessment.{row.id}", row.title or row.id) for row in regime.assessment)
    yield from ((f"routing.{row.id}", row.title or row.id) for row in regime.routing)
    yield from ((f"approvals.{each.id}", each.title) for each in regime.approvals.values())
    for rule in regime.accountability.rules.values():
        yield f"accountability.{rule.id}", rule.title or "、".join(rule.conduct.values())
    for role in (*regime.roles, *_PEOPLE):
        yield f"roles.{role}", regime.role_title(role)
    yield from ((f"matter.{field}", known.title) for field, known in regime.intake.fields.items())


_PEOPLE = (
    "first-receiver", "handler", "handling-unit", "handling-head", "respondent", "respondent-unit", "respondent-head",
    "superior", "supervisor",
)  # fmt: skip
