"""Regimes: which matters can be brought, and under which rules."""

from django.http import HttpRequest
from ninja import Router

from huiyin.api.access import Bearer, caller_of
from huiyin.api.problems import PROBLEMS
from huiyin.api.schemas.regimes import RegimeList, RegimeOut
from huiyin.api.showing.regimes import regime_item, regime_out
from huiyin.application.world import world_of
from huiyin.organisations.services import regimes_in_force
from huiyin.store.availability import clear_failures

router = Router(tags=["制度"], auth=Bearer("regimes"))


@router.get("/regimes", response={200: RegimeList, **PROBLEMS}, summary="施行中的制度")
def list_regimes(request: HttpRequest) -> RegimeList:
    """All regimes of the organisation that are in force now."""
    with clear_failures():
        found = regimes_in_force(caller_of(request).organisation)
    return RegimeList(items=[regime_item(each) for each in found])


@router.get("/regimes/{slug:regime_id}", response={200: RegimeOut, **PROBLEMS}, summary="一部制度")
def one_regime(request: HttpRequest, regime_id: str) -> RegimeOut:
    """A regime in force: articles, what is asked at filing, limits, questionnaires."""
    with clear_failures():
        return regime_out(world_of(caller_of(request).organisation).in_force(regime_id))
