"""What a case can be found by: everything said in it that is not private."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from operator import attrgetter
from typing import Any

from huiyin.cases.state import Case
from huiyin.regime.model import Field, Regime
from huiyin.store.personal.data import HIDDEN

BREAK = " · "


def search_words(regime: Regime, case: Case) -> str:
    """The text to index: number, matter, facts, demands, respondent, titles of category and choices."""
    fields = _fields(regime)
    words = [case.number, case.respondent.name, *case.points]
    category = regime.categories.get(case.category)
    if category is not None:
        words.append(category.title)
    for values, declared in ((case.matter, regime.intake.fields), (case.facts, fields)):
        for name, value in values.items():
            words.extend(_said(value, declared.get(name)))
    return BREAK.join(dict.fromkeys(word.strip() for word in words if word and word.strip()))


def same_words(before: Case, after: Case) -> bool:
    """Whether the text is sure to be the same."""
    return bool(_depends_on(before) == _depends_on(after))


_depends_on = attrgetter("matter", "facts", "points", "respondent", "category")


@lru_cache(maxsize=256)
def _fields(regime: Regime) -> Mapping[str, Field]:
    found: dict[str, Field] = {}
    for work in (*regime.flow.values(), *regime.acts.values()):
        found.update(work.fields)
    return found


def _said(value: Any, field: Field | None) -> Iterator[str]:
    if field is not None and field.private:
        return
    if isinstance(value, str) and value != HIDDEN:
        yield field.choices.get(value, value) if field is not None else value
    elif isinstance(value, list):
        for one in value:
            yield from _said(one, field)
