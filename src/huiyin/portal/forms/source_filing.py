"""The filing form as a body outside fills it in on its own page: about somebody else, whom it names or not."""

from collections.abc import Sequence
from typing import Any

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.application.world import World
from huiyin.organisations.models import Source
from huiyin.regime.model import Regime

from .filing import ANONYMOUS, CONFIDENTIAL, MATTER, NAMED, FilingForm, Identity


class SourceFilingForm(FilingForm):
    """Asks who the complainant is instead of who the visitor is; nobody has to be reachable, since the body itself is."""

    identity_title = gettext_lazy("要不要写明投诉人是谁")
    contact_title = gettext_lazy("投诉人是谁")
    called_title = gettext_lazy("投诉人")

    def __init__(
        self,
        source: Source,
        regime: Regime,
        world: World,
        data: MultiValueDict[str, Any] | None = None,
        *,
        typed: MultiValueDict[str, Any] | None = None,
    ) -> None:
        super().__init__(regime, world, data, typed=typed)
        self.source = source
        if self.typed is None:
            self._fill_in()

    def unjudged(self) -> "SourceFilingForm":
        """The same form with what was typed, before anybody asked whether it is right."""
        return SourceFilingForm(self.source, self.regime, self.world, typed=self.typed)

    def _fill_in(self) -> None:
        """A field whose list has the source in it begins with its name."""
        tables = self.world.tables(self.regime.id)
        for field in self.regime.intake.fields.values():
            if field.lists and self.source.name in tables.get(field.lists, {}) and MATTER + field.id in self.fields:
                self.fields[MATTER + field.id].initial = self.source.name

    @property
    def identities(self) -> Sequence[Identity]:
        """As the regime has them, in words about the complainant."""
        titles = {
            NAMED: (_("写明投诉人"), _("办理的人可以直接联系投诉人核实、答复")),
            CONFIDENTIAL: (_("写明投诉人，对承办方保密"), _("只有受理的部门知道；承办和被反映的一方看不到，每次查看都有记录")),
            ANONYMOUS: (_("不写明投诉人"), _("办理的人联系不上投诉人，只向贵单位反馈结果")),
        }
        return [Identity(way.value, *titles[way.value]) for way in super().identities]

    @property
    def _may_hide(self) -> bool:
        return True
