"""The conditions of the sixteen regimes drafted on paper are understood."""

from pathlib import Path

import pytest
import yaml

from huiyin.regime.expressions import ConditionErrors, FieldType, Names, compile_condition

DRAFTS = Path(__file__).parents[4] / "shared" / "regime-drafts"
CONDITION_KEYS = ("when", "that", "satisfied", "admissible", "of")
ROOTS = ("case.", "complainant.", "respondent.", "matter.", "facts.", "answers.", "settings.", "person.", "unit.")

pytestmark = pytest.mark.skipif(not DRAFTS.is_dir(), reason="the drafts are kept outside the project and are not here")


def regimes():
    return {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted(DRAFTS.glob("*.yaml"))}


def declared(fields, default):
    found = {}
    for key, field in fields.items():
        field = field if isinstance(field, dict) else {}
        choices = {str(k): str(v) for k, v in field["choices"].items()} if "choices" in field else None
        found[key] = FieldType(field.get("type", default), choices)
    return found


def everywhere(regime, key):
    """Every mapping that stands under a key, at any depth."""
    if isinstance(regime, dict):
        for name, inner in regime.items():
            if name == key and isinstance(inner, dict):
                yield inner
            yield from everywhere(inner, key)
    elif isinstance(regime, list):
        for inner in regime:
            yield from everywhere(inner, key)


def ids_below(categories):
    for key, category in categories.items():
        yield key
        if isinstance(category, dict):
            yield from ids_below(category.get("children", {}))


def names_of(regime):
    intake = dict(regime.get("intake", {}))
    facts = [
        fields for section, inner in regime.items() if section != "intake" for fields in everywhere(inner, "fields")
    ]
    return Names(
        matter=declared(intake.get("fields", {}), "text"),
        facts={key: value for fields in facts for key, value in declared(fields, "text").items()},
        answers={
            k: v for questions in everywhere(regime, "questions") for k, v in declared(questions, "scale").items()
        },
        settings=declared(regime.get("settings", {}), "text"),
        kinds=regime.get("kinds"),
        channels=intake.get("channels"),
        evidence=intake.get("evidence", {}),
        categories=list(ids_below(regime.get("categories", {}))),
        severities=regime.get("severity", {}).get("levels", {}),
        rules=regime.get("accountability", {}).get("rules", {}),
        tables={key: table.get("columns", {}) for key, table in regime.get("tables", {}).items()},
        context="accountability",
    )


def conditions_in(node):
    """Every condition with the result its place needs."""
    if isinstance(node, list):
        for inner in node:
            yield from conditions_in(inner)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key == "pick":
                yield value, "text"
            elif (key == "required" and isinstance(value, str)) or (
                key in CONDITION_KEYS and isinstance(value, str) and looks_like_a_condition(value)
            ):
                yield value, "bool"
            else:
                yield from conditions_in(value)


def looks_like_a_condition(value):
    return "(" in value or value.lstrip("!").startswith(ROOTS)


def test_the_conditions_of_the_drafts_are_understood():
    found, refused = 0, []
    for name, regime in regimes().items():
        names = names_of(regime)
        for source, result in conditions_in(regime):
            found += 1
            try:
                compile_condition(source, names, result=result)
            except ConditionErrors as errors:
                refused.append((name, source, [problem.message_zh for problem in errors.problems]))

    assert found >= 120
    assert refused == [
        # this draft uses a table that it does not declare
        ("s1-03", "in_table('offices', matter.place)", ["条件有误：没有表“offices”；"]),
        ("s1-03", "lookup('offices', matter.place, 'office')", ["条件有误：没有表“offices”；"]),
    ]
