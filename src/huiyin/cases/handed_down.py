"""What the papers of an affair take from the case it came of: an improvement sheet tells of the lessons drawn in the case."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from huiyin.regime.model import Form, Regime

from .context import History
from .documents.values import path_of
from .secrecy import rules_of_confidentiality
from .state import Case
from .values import PRIVATE, is_empty

_SECTIONS = frozenset({"matter", "facts", "answers"})


def handed_down(regime: Regime, case: Case, form: Form, history: History) -> Mapping[str, Any]:
    """Path → what the case says from which an affair came, for what its form names and nobody is asked in the affair.

    Where an affair came of another one, the nearest that says something counts. Personal data stays in its case, and so
    does what a rule of confidentiality keeps from anybody there; a case that only some may see hands nothing down.
    """
    found: dict[str, Any] = {}
    if not regime.is_affair or not case.origin:
        return found
    wanted, origin = _not_asked(regime, form.id), case.origin
    while origin and wanted - found.keys():
        [above] = history.cases((origin,)) or (None,)
        if above is None:
            break
        for path in wanted - found.keys():
            section, _, name = path.partition(".")
            value = getattr(above, section).get(name)
            if not is_empty(value) and value != PRIVATE and not _is_kept(regime, above, path):
                found[path] = value
        origin = above.origin
    return found


@lru_cache(maxsize=1024)
def _not_asked(regime: Regime, form: str) -> frozenset[str]:
    """The contents that the form names and that no work of the affair itself asks for."""
    asked = {f"facts.{name}" for step in regime.flow.values() for name in step.fields}
    for step in regime.flow.values():
        if step.asks:
            asked |= {f"answers.{name}" for name in regime.questionnaires[step.asks].questions}
    named = {path_of(regime, name) for name in regime.forms[form].names}
    return frozenset(path for path in named - asked if path.partition(".")[0] in _SECTIONS)


def _is_kept(regime: Regime, case: Case, path: str) -> bool:
    for rule in rules_of_confidentiality(regime, case):
        if path in rule.hide or path.partition(".")[0] in rule.hide:
            return True
        if rule.see and (rule.hidden_from or not rule.hide):
            return True
    return False
