"""A regime taken from the shelf in one of its versions: head of the page, tabs, links to its other parts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.organisations.models import RegimeVersion
from huiyin.organisations.services import NoSuchRegimeError
from huiyin.regime.model import Regime
from huiyin.workbench.desk import Desk

PARTS = {
    "": gettext_lazy("条文与规则"),
    "flow": gettext_lazy("流程"),
    "limits": gettext_lazy("时限"),
    "people": gettext_lazy("谁做什么"),
    "settings": gettext_lazy("本单位的选择"),
    "papers": gettext_lazy("文书与告知"),
    "standing": gettext_lazy("责任与职责"),
    "stories": gettext_lazy("情景"),
    "versions": gettext_lazy("版本"),
}
"""Part of the page as addresses name it → its tab."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A published version as the shelf lists it. `state`: coming, in-force, over (another is in force), withdrawn."""

    id: UUID
    version: str
    effective_on: date
    state: str

    @property
    def word(self) -> str:
        """The state in words."""
        return {
            "coming": _("待施行"),
            "in-force": _("施行中"),
            "over": _("已由新版代替"),
            "withdrawn": _("已停用"),
        }[self.state]

    @property
    def tone(self) -> str:
        """The state as a pill shows it."""
        return {"coming": "new", "in-force": "closed", "over": "stopped", "withdrawn": "stopped"}[self.state]


@dataclass(frozen=True, slots=True)
class Shelf:
    """One regime in one version, with all its versions, newest first."""

    regime: Regime
    edition: Edition
    editions: Sequence[Edition]
    asked: bool

    def href(self, part: str = "", anchor: str = "") -> str:
        """The address of a part of this very version."""
        there = reverse("desk-regime-part", args=[self.regime.id, part]) if part else reverse("desk-regime", args=[self.regime.id])
        query = f"?{urlencode({'version': self.regime.version})}" if self.asked else ""
        return there + query + (f"#{anchor}" if anchor else "")

    def card_href(self, path: str) -> str:
        """The address of the card of a rule."""
        return self.href(PART_OF.get(path.partition(".")[0], "standing"), card_anchor(path))

    def words(self, part: str) -> dict[str, Any]:
        """What the head of the page shows."""
        tabs = [(self.href(name), title, name == part) for name, title in PARTS.items()]
        kinds = _("、").join(self.regime.kinds.values())
        return {"shelf": self, "regime": self.regime, "edition": self.edition, "tabs": tabs, "kinds": kinds}


PART_OF = {
    "articles": "", "settings": "settings", "roles": "people", "intake": "people", "kinds": "people", "categories": "people",
    "severity": "flow", "assessment": "flow", "routing": "flow", "flow": "flow", "acts": "flow", "orders": "flow", "flags": "flow",
    "approvals": "flow",
    "limits": "limits", "forms": "papers", "notices": "papers", "guidance": "papers", "questionnaires": "papers",
}  # fmt: skip
"""Section of the file → the part of the page that shows its cards; all others stand under `standing`."""


def card_anchor(path: str) -> str:
    """The id of a rule's card on its page."""
    return f"rule-{quote(path, safe='.')}"


def take(desk: Desk, regime_id: str, version: str = "") -> Shelf:
    """The regime in force, or in the version that was asked for. Raises NoSuchRegimeError."""
    editions = editions_of(desk, regime_id)
    if not editions:
        raise NoSuchRegimeError(regime_id)
    wanted = version or next((each.version for each in editions if each.state == "in-force"), editions[0].version)
    edition = next((each for each in editions if each.version == wanted), None)
    if edition is None:
        raise NoSuchRegimeError(f"{regime_id} {version}")
    return Shelf(desk.world.regime(regime_id, wanted), edition, editions, asked=edition.state != "in-force")


def editions_of(desk: Desk, regime_id: str) -> list[Edition]:
    """Every published version, the one that takes effect last first. One query."""
    rows = RegimeVersion.objects.filter(organisation=desk.organisation, regime=regime_id)
    known = list(
        rows.order_by("-effective_on", "-published_at").values_list("id", "version", "effective_on", "active")
    )
    in_force = next((each[0] for each in known if each[3] and each[2] <= desk.world.today), None)
    return [
        Edition(pk, version, day, _state(pk == in_force, active=active, coming=day > desk.world.today))
        for pk, version, day, active in known
    ]


def _state(in_force: bool, *, active: bool, coming: bool) -> str:
    if not active:
        return "withdrawn"
    if in_force:
        return "in-force"
    return "coming" if coming else "over"
