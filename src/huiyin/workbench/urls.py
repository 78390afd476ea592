"""Addresses below /desk/."""

from django.urls import path

from huiyin.workbench.views import (
    acts,
    approvals,
    case,
    cases,
    clock,
    cover,
    day,
    intake,
    ledgers,
    papers,
    regimes,
    timeliness,
)

urlpatterns = [
    path("", day.my_day, name="desk-day"),
    path("clock/", clock.set_clock, name="desk-clock"),
    path("intake/", intake.intake, name="desk-intake"),
    path("intake/similar/", intake.similar, name="desk-intake-similar"),
    path("intake/<str:regime_id>/", intake.intake, name="desk-intake-regime"),
    path("intake/<str:regime_id>/forecast/", intake.forecast, name="desk-intake-forecast"),
    path("cases/", cases.case_list, name="desk-cases"),
    path("cases/<str:number>/", case.case_page, name="desk-case"),
    path("cases/<str:number>/do/<str:name>/", acts.do, name="desk-act"),
    path("cases/<str:number>/look/", case.look, name="desk-look"),
    path("cases/<str:number>/similar/", case.similar, name="desk-similar"),
    path("cases/<str:number>/filed/", intake.filed, name="desk-filed"),
    path("cases/<str:number>/receipt/", papers.receipt, name="desk-receipt"),
    path("cases/<str:number>/outside/<str:key>/", papers.invitation, name="desk-invitation"),
    path("cases/<str:number>/evidence/<str:key>/", papers.evidence, name="desk-evidence"),
    path("cases/<str:number>/papers/<str:key>/", papers.paper, name="desk-paper"),
    path("approvals/", approvals.approval_list, name="desk-approvals"),
    path("ledgers/", ledgers.ledger_list, name="desk-ledgers"),
    path("cover/", cover.cover, name="desk-cover"),
    path("cover/deputies/", cover.deputise, name="desk-deputise"),
    path("cover/deputies/<uuid:row>/end/", cover.end_deputy, name="desk-deputy-end"),
    path("cover/roster/", cover.roster, name="desk-roster"),
    path("cover/roster/<uuid:row>/remove/", cover.remove_turn, name="desk-roster-remove"),
    path("timeliness/", timeliness.timeliness, name="desk-timeliness"),
    path("regimes/", regimes.regime_list, name="desk-regimes"),
    path("regimes/<str:regime_id>/", regimes.regime_page, name="desk-regime"),
]
