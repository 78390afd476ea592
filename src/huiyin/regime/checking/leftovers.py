"""What nothing refers to, what the organisation still has to fill in, what is text only."""

from collections.abc import Mapping

from huiyin.regime.compiling import Desk
from huiyin.regime.model import Regime


def check_leftovers(desk: Desk, regime: Regime) -> None:
    """W6, I1, I2, I3."""
    _idle(desk, regime)
    _text_only(desk, regime)
    _promptly(desk, regime)
    for table in regime.tables.values():
        rows = len(regime.table_rows.get(table.id, {}))
        desk.found.add("kept-table", ("tables", table.id), at_key=True, table=table.title, rows=rows)


def _idle(desk: Desk, regime: Regime) -> None:
    for form in regime.forms.values():
        if form.of == "case" and form.id not in desk.used.forms and form.id not in _proposed(regime):
            desk.found.add("idle-form", ("forms", form.id), at_key=True, form=form.title)
    for questionnaire in regime.questionnaires.values():
        if questionnaire.id not in desk.used.questionnaires:
            path = ("questionnaires", questionnaire.id)
            desk.found.add("idle-questionnaire", path, at_key=True, name=questionnaire.title)
    for kind in regime.orders.values():
        if kind.id not in desk.used.orders:
            desk.found.add("idle-order", ("orders", kind.id), at_key=True, name=kind.title)
    for setting in regime.settings.values():
        if f"settings.{setting.id}" not in desk.used.paths:
            desk.found.add("idle-setting", ("settings", setting.id), at_key=True, name=setting.title)


def _proposed(regime: Regime) -> frozenset[str]:
    """A measure may be a paper of the same name (书面检查)."""
    return frozenset(measure for rule in regime.accountability.rules.values() for measure in rule.propose)


def _text_only(desk: Desk, regime: Regime) -> None:
    idle = [clause for clause in regime.articles if clause not in desk.used.articles]
    if idle:
        desk.found.add(
            "text-only", ("articles", idle[0]), at_key=True, articles="".join(f"〈{each}〉" for each in idle)
        )


def _promptly(desk: Desk, regime: Regime) -> None:
    waiting = list(dict.fromkeys(key for key, _path in desk.used.promptly))
    if waiting:
        names = [_question(regime, key) for key in waiting]
        first = desk.used.promptly[0][1]
        desk.found.add("promptly", first, count=len(waiting), limits=names)


def _question(regime: Regime, key: str) -> str:
    """How the organisation knows what it is asked: the title of the setting, or of the thing itself."""
    section, _, name = key.partition(".")
    if not name:
        return regime.settings[key].title
    known = getattr(regime, section)
    things = known if isinstance(known, Mapping) else {row.id: row for row in known}
    return str(things[name].title)
