"""The site's own few pages: whether it is alive, and the living sheet of components."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render


@login_not_required
def health(request: HttpRequest) -> JsonResponse:
    """200 {"status": "ok"} when the database answers, else 503 {"status": "database"}; for load balancers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "database"}, status=503)
    return JsonResponse({"status": "ok"})


@login_not_required
def components(request: HttpRequest) -> HttpResponse:
    """Every component in every state, to look at while building pages; only where HUIYIN_COMPONENTS is set."""
    from huiyin.site.sheet import sheet  # its material is large and of no use where the sheet is not shown

    return render(request, "components_sheet.html", sheet())


@login_not_required
def frames(request: HttpRequest, face: str) -> HttpResponse:
    """The frame of the desk or the portal around invented material."""
    from huiyin.site.sheet import DESK, PORTAL, sheet  # as above

    return render(request, f"components_{face}.html", sheet() | {"desk": DESK, "portal": PORTAL})
