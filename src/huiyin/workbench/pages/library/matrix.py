"""Who may do what: a row for each piece of work, a column for each role."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from huiyin.regime.model import Regime, Work
from huiyin.workbench.pages.library.shelf import card_anchor


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A piece of work; `cells` stand under the roles, each with what this role has to do with it."""

    kind: str
    title: str
    anchor: str
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Titles of the roles, and the rows."""

    roles: Sequence[str]
    rows: Sequence[MatrixRow]


def matrix_of(regime: Regime) -> Matrix:
    """Every piece of work with the roles that do it, take part, or say yes."""
    acts = [act for act in regime.acts.values() if act.allowed and (not act.core or act.cite)]
    works = [
        *((_("环节"), f"flow.{each.id}", each) for each in regime.flow.values()),
        *((_("动作"), f"acts.{each.id}", each) for each in acts),
        *((_("职责"), f"duties.{each.id}", each) for each in regime.duties.values()),
    ]
    held = [(kind, path, work, _parts(regime, work)) for kind, path, work in works]
    used = {role for _kind, _path, _work, parts in held for role in parts}
    order = [*(role for role in regime.roles if role in used), *sorted(used - set(regime.roles))]
    rows = [
        MatrixRow(kind, work.title, card_anchor(path), ["、".join(parts.get(role, ())) for role in order])
        for kind, path, work, parts in held
    ]
    return Matrix([regime.role_title(role) for role in order], rows)


def _parts(regime: Regime, work: Work) -> dict[str, list[str]]:
    """Role → 办, 会同, 批."""
    parts: dict[str, list[str]] = {}
    stages = regime.approvals[work.approval].stages if work.approval else ()
    for word, roles in (
        (_("办"), work.by),
        (_("会同"), work.together_with),
        (_("批"), tuple(role for stage in stages for role in (*stage.by, *stage.all_of))),
    ):
        for role in roles:
            if word not in parts.setdefault(role, []):
                parts[role].append(word)
    return parts
