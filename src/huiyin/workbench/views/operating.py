"""For whoever operates the server: alive, ready, and figures for Prometheus."""

import hmac

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from huiyin.store.errors import StoreUnavailable


@login_not_required
@require_safe
def live(_request: HttpRequest) -> JsonResponse:
    """200 as long as this process answers at all; asks nothing of the database, so that no restart is called for by it."""
    return JsonResponse({"status": "ok"})


@login_not_required
@require_safe
def ready(_request: HttpRequest) -> JsonResponse:
    """200 when requests can be served: the database answers and is of this version; else 503 with what is missing."""
    try:
        executor = MigrationExecutor(connection)
        behind = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError:
        return JsonResponse({"status": "database"}, status=503)
    if behind:
        return JsonResponse({"status": "migrations"}, status=503)
    return JsonResponse({"status": "ok"})


@login_not_required
@require_safe
def metrics_page(request: HttpRequest) -> HttpResponse:
    """Figures in Prometheus' text format, for who sends HUIYIN_METRICS_TOKEN as bearer; without a token set, not there."""
    token = settings.HUIYIN_METRICS_TOKEN
    sent = request.headers.get("Authorization", "")
    if not token or not hmac.compare_digest(sent.encode("utf-8", "replace"), f"Bearer {token}".encode()):
        raise Http404
    from huiyin.application.metrics import metrics  # with Prometheus' library, for those who watch the server with it

    try:
        return HttpResponse(metrics(), content_type="text/plain; version=0.0.4; charset=utf-8")
    except StoreUnavailable:
        return HttpResponse(status=503)
