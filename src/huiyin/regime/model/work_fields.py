"""Every field that work fills in, by name, wherever the regime declares it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from .fields import Field
from .regime import Regime


@lru_cache(maxsize=256)
def fields_of_work(regime: Regime) -> Mapping[str, Field]:
    """Fields of steps, acts, reports, extensions, duties, corrective actions and measures; for an affair also its regime's.

    Where several declare one name, the first says what it is; the choices of all of them have their titles.
    """
    found: dict[str, Field] = {}
    for fields in _declared(regime):
        for name, field in fields.items():
            first = found.setdefault(name, field)
            if field.choices.keys() - first.choices.keys():
                found[name] = replace(first, choices={**field.choices, **first.choices})
    return found


def _declared(regime: Regime) -> Iterator[Mapping[str, Field]]:
    yield from (work.fields for work in (*regime.flow.values(), *regime.acts.values()))
    yield from (kind.fields for kind in regime.orders.values())
    limits = (*regime.limits.values(), *(kind.limit for kind in regime.orders.values()))
    yield from (limit.extension.fields for limit in limits if limit.extension)
    for duty in regime.duties.values():
        yield from (work.fields for work in (duty, *duty.steps))
    yield from (action.fields for action in regime.corrective.values())
    for measure in regime.accountability.measures.values():
        if measure.duty is not None:
            yield measure.duty.fields
            yield measure.duty.confirm_fields
    if regime.parent is not None:
        yield fields_of_work(regime.parent)
