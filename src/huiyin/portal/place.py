"""Where a visitor is: the organisation, its regimes and time, and the addresses of its pages.

The first real organisation stands at /; every organisation, rehearsals too, also stands at /o/<slug>/.
"""

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.application.world import World, world_of
from huiyin.organisations.models import Organisation
from huiyin.organisations.services import NoSuchRegimeError, regimes_in_force
from huiyin.portal.pages.articles import anchor
from huiyin.portal.pages.moments import clock_words, day_words
from huiyin.regime.model import Regime
from huiyin.site.components import NavItem, PortalFrame


@dataclass
class Place:
    """An organisation as a visitor meets it. `slug` is empty at /."""

    organisation: Organisation
    slug: str = ""

    @cached_property
    def world(self) -> World:
        """Its people, calendar and time now."""
        return world_of(self.organisation)

    @cached_property
    def regimes(self) -> tuple[Regime, ...]:
        """All regimes in force now."""
        return regimes_in_force(self.organisation)

    def regime(self, regime_id: str) -> Regime:
        """A regime in force. Raises Http404."""
        try:
            return self.world.in_force(regime_id)
        except NoSuchRegimeError as error:
            raise Http404(str(error)) from error

    def url(self, name: str, *arguments: str) -> str:
        """The address of a page of this organisation: `url("file", regime.id)`."""
        return reverse(f"portal-{name}", args=(self.slug, *arguments) if self.slug else arguments)

    def article_url(self, regime: Regime, cite: tuple[str, ...]) -> str:
        """Where the first cited article stands in the published regime; empty when it is a principle of the core."""
        found = next((article for article in cite if article in regime.articles), "")
        return f"{self.url('regime', regime.id)}#{anchor(found)}" if found else ""

    @cached_property
    def frame(self) -> PortalFrame:
        """Header and foot around the pages of this organisation."""
        home = self.url("home")
        return PortalFrame(
            organisation=self.organisation.title,
            office=_("投诉与建议"),
            home_href=home,
            links=(
                NavItem(_("我要反映"), f"{home}#matters", "pen"),
                NavItem(_("查进度"), self.url("track"), "search"),
                NavItem(_("联系渠道"), f"{home}#ways", "phone"),
                NavItem(_("制度公开"), f"{home}#rules", "book"),
            ),
            foot_links=(
                NavItem(_("查进度"), self.url("track"), "search"),
                NavItem(_("制度公开"), f"{home}#rules", "book"),
                NavItem(_("对答复不满意怎么办"), f"{home}#further", "help"),
            ),
            rehearsal=self._rehearsal,
        )

    @property
    def _rehearsal(self) -> str:
        if not self.organisation.rehearsal:
            return ""
        now = self.world.now.astimezone(self.world.calendar.zone)
        return _("演练单位：时钟在%(day)s %(time)s，在这里提交的都不是真的投诉") % {
            "day": day_words(now.date()),
            "time": clock_words(now),
        }


def place_of(slug: str = "") -> Place:
    """The organisation of an address. Raises Http404 when there is none."""
    if slug:
        organisation = Organisation.objects.filter(slug=slug).first()
    else:
        organisation = Organisation.objects.order_by("rehearsal", "created_at", "id").first()
    if organisation is None:
        raise Http404
    return Place(organisation, slug)
