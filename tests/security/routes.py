"""Every address of the product with the answer each kind of visitor is to get.

An address that stands in no table here makes `test_routes.py` fail: whoever adds one writes down who may come in.
Times, sizes and words of pages are tested elsewhere; here it is only about the door.
"""

from dataclasses import dataclass, field
from typing import Any

VISITORS = ("nobody", "complainant", "stranger", "accused", "roleless", "manager")
"""Who knocks: a browser without session; one in which number and code opened the case; a nurse of another ward; the nurse
complained about; a clerk without any post; the head of the office that looks after all complaints."""

SIGN_IN = "sign-in"
"""Sent to the sign-in page (302)."""

Expected = int | str


@dataclass(frozen=True)
class Route:
    """An address as the URLconf writes it, how it is knocked at, and the answers in the order of VISITORS."""

    pattern: str
    answers: tuple[Expected, ...]
    method: str = "GET"
    path: str = ""
    data: dict[str, Any] = field(default_factory=dict)


def everybody(pattern: str, answer: Expected = 200, **more: Any) -> Route:
    """The same for all."""
    return Route(pattern, (answer,) * len(VISITORS), **more)


def staff(pattern: str, answer: Expected = 200, **more: Any) -> Route:
    """Open to whoever works here; pages hold what each may see (see test_the_accused.py)."""
    return Route(pattern, (SIGN_IN, SIGN_IN, answer, answer, answer, answer), **more)


def on_the_case(pattern: str, answer: Expected = 200, **more: Any) -> Route:
    """Open to whom the policy lets see the case; for all others there is no such case."""
    return Route(pattern, (SIGN_IN, SIGN_IN, 404, 404, 404, answer), **more)


def with_code(pattern: str, answer: Expected = 200, **more: Any) -> Route:
    """Open to whoever gave number and code in this browser; all others are asked for them (302)."""
    return Route(pattern, (302, answer, 302, 302, 302, 302), **more)


SITE = (
    everybody("healthz"),
    everybody("healthz/live"),
    everybody("healthz/ready"),
    everybody("metrics", 404),  # the operator's token is asked for, and none is set
    everybody("language/", 302, method="POST", data={"language": "en"}),
    Route("accounts/sign-in/", (200, 200, 302, 302, 302, 302)),
    staff("accounts/password/"),
    everybody("_components/"),
    everybody("_components/desk/"),
    everybody("_components/portal/"),
    Route("accounts/sign-out/", (SIGN_IN, SIGN_IN, 302, 302, 302, 302), method="POST"),
)

DESK = (
    staff("desk/"),
    staff("desk/clock/", 403),
    Route("desk/intake/", (SIGN_IN, SIGN_IN, 302, 302, 200, 302)),  # to the one regime one works under, if there is one
    staff("desk/intake/similar/", method="POST", data={"name": "林晓雨"}),
    staff("desk/intake/<str:regime_id>/"),
    staff("desk/intake/<str:regime_id>/forecast/", method="POST", data={"kind": "complaint"}),
    staff("desk/cases/"),
    on_the_case("desk/cases/<str:number>/"),
    on_the_case("desk/cases/<str:number>/do/<str:name>/", path="desk/cases/{number}/do/supervise.supervise/"),
    on_the_case("desk/cases/<str:number>/look/", method="POST", data={"reason": "约投诉人面谈"}),
    on_the_case("desk/cases/<str:number>/similar/", 302),  # to the page with the list, without htmx
    on_the_case("desk/cases/<str:number>/filed/", 302),  # the code is for the first receiver alone
    on_the_case("desk/cases/<str:number>/receipt/", 404),  # so is the receipt
    on_the_case("desk/cases/<str:number>/evidence/<str:key>/", path="desk/cases/{number}/evidence/{attachment}/"),
    on_the_case("desk/cases/<str:number>/transfer/", 404),  # it was not transferred
    on_the_case("desk/cases/<str:number>/outside/<str:key>/", 404),  # no party was invited to this case
    on_the_case("desk/cases/<str:number>/papers/<str:key>/", path="desk/cases/{number}/papers/{paper}/"),
    on_the_case("desk/cases/<str:number>/papers/<str:key>/pdf/", path="desk/cases/{number}/papers/{paper}/pdf/"),
    on_the_case("desk/cases/<str:number>/papers/<str:key>/word/", path="desk/cases/{number}/papers/{paper}/word/"),
    staff("desk/registers/"),
    staff("desk/registers/<str:regime_id>/<str:form_id>/", path="desk/registers/patient-relations/cases/"),
    staff("desk/registers/<str:regime_id>/<str:form_id>/pdf/", path="desk/registers/patient-relations/cases/pdf/"),
    staff("desk/registers/<str:regime_id>/<str:form_id>/xlsx/", path="desk/registers/patient-relations/cases/xlsx/"),
    staff("desk/affairs/"),
    staff("desk/commitments/"),
    staff("desk/corrective/"),
    staff("desk/orders/"),
    staff("desk/approvals/"),
    staff("desk/ledgers/"),
    staff("desk/ledgers/<uuid:case>/<int:sequence>/reverse/", 404),
    staff("desk/about-me/"),
    staff("desk/about-me/<uuid:case>/view/<str:key>/", 422, method="POST"),
    staff("desk/about-me/<uuid:case>/object/<int:sanction>/", 422, method="POST"),
    staff("desk/cover/"),
    staff("desk/cover/deputies/", 422, method="POST"),
    staff("desk/cover/deputies/<uuid:row>/end/", 404, method="POST"),
    staff("desk/cover/roster/", 422, method="POST"),
    staff("desk/cover/roster/<uuid:row>/remove/", 404, method="POST"),
    staff("desk/background/", 403),  # administrators alone
    staff("desk/background/clock/", 403, method="POST"),
    staff("desk/background/tell/", 403, method="POST"),
    staff("desk/jobs/"),
    staff("desk/jobs/import/", 403),  # administrators alone
    staff("desk/jobs/import/<str:regime_id>/", 403),
    staff("desk/jobs/rebuild/", 403, method="POST"),
    staff("desk/jobs/export/", 302, method="POST"),  # of what each may see
    staff("desk/jobs/<uuid:row>/cancel/", 404, method="POST"),
    staff("desk/jobs/<uuid:row>/again/", 404, method="POST"),
    staff("desk/jobs/<uuid:row>/import/", 403, method="POST"),
    staff("desk/jobs/<uuid:row>/<slug:file>/", 404, path="desk/jobs/<uuid:row>/result/"),
    staff("desk/calendar/"),
    staff("desk/calendar/feed/", 302, method="POST", data={"do": "end"}),
    everybody("desk/feed/<str:secret>.ics", 404, path="desk/feed/guessed.ics"),  # the secret is the key: test_calendar.py
    staff("desk/working-time/"),
    staff("desk/working-time/hours/", 403),  # administrators alone change it
    staff("desk/working-time/days/", 403),
    staff("desk/working-time/years/", 403),
    staff("desk/working-time/changes/<uuid:change>/", 403),
    staff("desk/notices/"),
    staff("desk/notices/bell/"),
    staff("desk/notices/ways/"),
    staff("desk/notices/channels/", 403),  # administrators alone
    staff("desk/notices/channels/new/<slug:way>/", 403, path="desk/notices/channels/new/email/"),
    staff("desk/notices/channels/<uuid:row>/", 403),
    staff("desk/notices/channels/<uuid:row>/try/", 403, method="POST"),
    staff("desk/notices/channels/<uuid:row>/stop/", 403, method="POST"),
    staff("desk/notices/outgoing/", 403),
    staff("desk/notices/wordings/", 403),
    staff("desk/sources/", 403),  # administrators alone
    staff("desk/sources/new/", 403),
    staff("desk/sources/<uuid:row>/", 403),
    staff("desk/sources/<uuid:row>/renew/", 403, method="POST"),
    staff("desk/sources/<uuid:row>/revoke/", 403, method="POST"),
    staff("desk/sources/<uuid:row>/noted/", 403, method="POST"),
    staff("desk/timeliness/"),
    staff("desk/regimes/"),
    staff("desk/regimes/<str:regime_id>/"),
    staff("desk/regimes/<str:regime_id>/versions/"),
    staff("desk/regimes/<str:regime_id>/draft/", 403, method="POST", data={"version": "1.0"}),  # administrators alone
    staff("desk/regimes/<str:regime_id>/stories/"),
    staff("desk/regimes/<str:regime_id>/move/", 403),
    staff("desk/drafts/<uuid:draft>/stories/", 403, method="POST"),
    staff("desk/drafts/", 403),
    staff("desk/drafts/<uuid:draft>/", 403),
    staff("desk/drafts/<uuid:draft>/answers/", 403),
    staff("desk/drafts/<uuid:draft>/review/", 403),
    staff("desk/drafts/<uuid:draft>/approve/", 403, method="POST"),
    staff("desk/drafts/<uuid:draft>/delete/", 403, method="POST"),
    staff("desk/drafts/<uuid:draft>/simulate/", 403),
    staff("desk/regimes/<str:regime_id>/simulate/", 403),
    staff("desk/simulations/<uuid:row>/", 403),
    staff("desk/simulations/<uuid:row>/cases/", 403),
    staff("desk/regimes/<str:regime_id>/forms/<str:form_id>/", path="desk/regimes/patient-relations/forms/register-form/"),
    staff("desk/regimes/<str:regime_id>/<str:part>/", path="desk/regimes/patient-relations/flow/"),
)


def _of_the_portal(prefix: str) -> tuple[Route, ...]:
    return (
        everybody(prefix),
        everybody(f"{prefix}file/<slug:regime>/"),
        everybody(f"{prefix}receipt/", 302),  # shown once, right after filing in the same browser
        everybody(f"{prefix}receipt/print/", 302),
        everybody(f"{prefix}track/"),
        with_code(f"{prefix}track/case/"),
        with_code(f"{prefix}track/case/files/<uuid:attachment>/", 404),  # what the house took in stays inside
        with_code(f"{prefix}track/case/papers/<str:key>/", 404, path=f"{prefix}track/case/papers/{{paper}}/"),  # not made out
        with_code(f"{prefix}track/case/papers/<str:key>/pdf/", 404, path=f"{prefix}track/case/papers/{{paper}}/pdf/"),
        with_code(f"{prefix}track/case/say/", 302, method="POST", data={"text": "还有一句话"}),
        with_code(f"{prefix}track/case/rate/", 302, method="POST"),
        with_code(f"{prefix}track/case/complete/", 302),
        with_code(f"{prefix}track/case/do/<slug:work>/", path=f"{prefix}track/case/do/withdraw/"),
        everybody(f"{prefix}outside/<str:number>/<str:key>/"),  # asks for the code, whoever comes
        everybody(f"{prefix}outside/case/", 403),  # without a code there is nothing here; with it: tests/portal/test_outside.py
        everybody(f"{prefix}outside/case/say/", 403, method="POST", data={"text": "一句话"}),
        everybody(f"{prefix}outside/case/ask/", 403, method="POST", data={"text": "一个问题"}),
        everybody(f"{prefix}outside/case/files/<uuid:attachment>/", 403),
        everybody(f"{prefix}outside/case/papers/<str:key>/", 403, path=f"{prefix}outside/case/papers/{{paper}}/"),
        everybody(f"{prefix}outside/case/papers/<str:key>/pdf/", 403, path=f"{prefix}outside/case/papers/{{paper}}/pdf/"),
        everybody(f"{prefix}outside/case/complete/", 403),
        everybody(f"{prefix}outside/case/package/", 403),
        everybody(f"{prefix}outside/case/do/<str:name>/", 403),
        everybody(f"{prefix}outside/case/concern/<str:name>/", 403),
        everybody(f"{prefix}outside/leave/", 302, method="POST"),
        everybody(f"{prefix}source/<uuid:source>/"),  # asks for the code, whoever comes and whether or not there is such a body
        everybody(f"{prefix}source/cases/", 403),  # without a code there is nothing here; with it: tests/portal/test_sources.py
        everybody(f"{prefix}source/cases/<str:number>/", 403),
        everybody(f"{prefix}source/file/<slug:regime>/<slug:channel>/", 403),
        everybody(f"{prefix}source/leave/", 302, method="POST"),
        everybody(f"{prefix}replies/"),
        everybody(f"{prefix}regimes/<slug:regime>/"),
        everybody(f"{prefix}track/leave/", 302, method="POST"),
    )


PORTAL = _of_the_portal("o/<slug:slug>/")

PORTAL_OF_THE_FIRST_ORGANISATION = tuple(route.pattern.removeprefix("o/<slug:slug>/") for route in PORTAL)
"""The same pages without the organisation's name stand at /; the doors are the same functions."""

CALLERS = ("nobody", "service", "stranger", "accused", "roleless", "manager")
"""Who calls the interface: without token, with the website's token, with the tokens of the same people as above."""


def with_token(pattern: str, answer: int = 200, **more: Any) -> Route:
    """Open to every token with the scope."""
    return Route(pattern, (401, answer, answer, answer, answer, answer), **more)


def of_people(pattern: str, answer: int = 200, **more: Any) -> Route:
    """Closed to services, open to people; answers hold what each may see."""
    return Route(pattern, (401, 403, answer, answer, answer, answer), **more)


def on_the_case_by_token(pattern: str, answer: int = 200, **more: Any) -> Route:
    """For all whom the policy does not let see the case there is no such case."""
    return Route(pattern, (401, 403, 404, 404, 404, answer), **more)


COMMANDS = (
    "perform", "decide", "approve", "reject", "fill", "acknowledge", "reverse-booking", "renew-code", "record",
    "add-evidence", "seal-evidence", "open-evidence", "weigh-evidence",
    "ask-more", "complete", "transfer", "send-transfer",
    "confirm-transfer", "return-transfer", "return", "reassign", "add-unit", "extend",
    "suspend", "resume", "terminate", "withdraw", "merge", "link", "supervise", "answer-order", "accept-report",
    "return-report", "amend-report", "withdraw-report", "recall-order", "regrade", "invite",
    "uninvite", "renew-link", "ask-back", "tell-outside", "correct", "recuse", "sign", "reissue", "reopen", "appeal",
    "state-view", "object-to", "recall",
)  # fmt: skip
"""Commands on a case; each is tried in test_routes.py with a body that fits."""

OF_MAINTENANCE = ("pass-time", "recalculate")
OF_A_PARTY = (
    "perform", "approve", "reject", "sign", "acknowledge", "answer-order", "confirm-transfer", "return-transfer", "ask-back",
    "add-evidence", "complete", "state-view", "object-to",
)  # fmt: skip
TRACKED = ("complete", "fill", "withdraw", "appeal", "reopen", "perform", "record", "acknowledge")

INTERFACE = (
    Route("api/v1/openapi.json", (200,) * 6),  # how to call it is no secret
    Route("api/v1/docs", (200,) * 6),
    with_token("api/v1/me"),
    with_token("api/v1/regimes"),
    with_token("api/v1/regimes/<slug:regime_id>"),
    with_token("api/v1/file", 422, method="POST"),
    with_token("api/v1/file/with-files", 422, method="POST"),
    with_token("api/v1/track", 422, method="POST"),
    with_token("api/v1/track/files", 422, method="POST"),
    with_token("api/v1/track/papers", 422, method="POST"),
    *(with_token(f"api/v1/track/commands/{name}", 422, method="POST") for name in TRACKED),
    with_token("api/v1/party", 422, method="POST"),  # with a code: tests/api/test_parties.py
    with_token("api/v1/party/files", 422, method="POST"),
    with_token("api/v1/party/papers", 422, method="POST"),
    with_token("api/v1/party/attachments", 422, method="POST"),
    *(with_token(f"api/v1/party/commands/{name}", 422, method="POST") for name in OF_A_PARTY),
    with_token("api/v1/source", 422, method="POST"),
    with_token("api/v1/source/file", 422, method="POST"),
    with_token("api/v1/source/file/with-files", 422, method="POST"),
    of_people("api/v1/cases"),
    of_people("api/v1/affairs"),
    of_people("api/v1/orders"),
    of_people("api/v1/obligations"),
    on_the_case_by_token("api/v1/cases/<number>"),
    on_the_case_by_token("api/v1/cases/<number>/files/<attachment>", path="api/v1/cases/<number>/files/{attachment}"),
    on_the_case_by_token("api/v1/cases/<number>/transfer-package", 404),  # it was not transferred
    *(
        on_the_case_by_token(f"api/v1/cases/<number>/documents/<key>/{kind}", path=f"api/v1/cases/<number>/documents/{{paper}}/{kind}")
        for kind in ("pdf", "word")
    ),
    *(Route(f"api/v1/cases/<number>/commands/{name}", (401, *(403,) * 5), method="POST") for name in OF_MAINTENANCE),
    Route("api/v1/", (404,) * 6),
    Route("api/v1/^.*$", (404,) * 6, path="api/v1/nothing-here"),
)
"""Commands and files on a case need bodies and stand in test_routes.py; they count as written down here."""

WITH_BODIES = (*(f"api/v1/cases/<number>/commands/{name}" for name in COMMANDS), "api/v1/cases/<number>/files")


def written_down() -> set[str]:
    """Every pattern that stands in a table."""
    tables = (*SITE, *DESK, *PORTAL, *INTERFACE)
    return {*(route.pattern for route in tables), *PORTAL_OF_THE_FIRST_ORGANISATION, *WITH_BODIES}
