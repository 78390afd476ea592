"""The title of a case as a viewer may read it: a list, a work list and a page must not tell what the case page hides."""

from collections.abc import Sequence
from dataclasses import replace

from huiyin.cases.access import sight
from huiyin.cases.people import Actor
from huiyin.cases.state import Case
from huiyin.regime.model import Regime
from huiyin.store.loading import load_many
from huiyin.store.models import CaseRow, OrderRow, TurnRow
from huiyin.store.projections.case_row import title_of

from .world import World


def shown_title(regime: Regime, case: Case, hidden: frozenset[str]) -> str:
    """The title made of what is not hidden; the kind of case where nothing of the matter may be told."""
    if "matter" in hidden:
        return regime.kinds.get(case.kind, case.kind)
    matter = {name: value for name, value in case.matter.items() if f"matter.{name}" not in hidden}
    return title_of(regime, case if len(matter) == len(case.matter) else replace(case, matter=matter))


def put_shown_titles(world: World, who: Actor, turns: Sequence[TurnRow] | Sequence[OrderRow]) -> None:
    """Give turns or orders of confidential cases the titles this person may read, from one query for all of them."""
    sealed = {turn.case_id for turn in turns if turn.confidential}
    rows = {row.id: row for row in CaseRow.objects.filter(id__in=sealed)} if sealed else {}
    cases = load_many(rows.values()) if rows else {}
    titles = {}
    for case_id, row in rows.items():
        regime, case = world.regime(row.regime, row.regime_version), cases[case_id].case
        view = sight(regime, case, world.actor(who, regime.id), world.directory(regime.id))
        titles[case_id] = shown_title(regime, case, view.hidden) if view.sees else regime.kinds.get(case.kind, case.kind)
    for turn in turns:
        turn.case_title = titles.get(turn.case_id, turn.case_title)
