"""Asking for long work: an import, an export of the case list, a rebuild."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiyin.application.rebuilding import ask_for_rebuild
from huiyin.documents.export_jobs import CASE_LIST, list_parameters
from huiyin.importer.import_job import IMPORT, checked
from huiyin.importer.sample import sample_mapping
from huiyin.jobs.asking import ask, job_for, uploaded_with
from huiyin.jobs.kinds import JobFailed
from huiyin.jobs.models import State
from huiyin.organisations.services import regimes_in_force
from huiyin.workbench.desk import Desk, desk_page, staff_page
from huiyin.workbench.forms.imports import ImportForm
from huiyin.workbench.views.cases import asked_of, filter_of
from huiyin.workbench.views.channels import administrators_only


@require_http_methods(["GET", "POST"])
@staff_page
@administrators_only
def new_import(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Choose a table and a mapping; they are looked at before a job is made."""
    form = ImportForm(desk.organisation, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said, content = form.parameters(), form.table()
        try:
            rows = checked(said, content)
        except JobFailed as trouble:
            form.add_error(None, str(trouble))
        else:
            title = _("%(name)s（%(rows)s行）") % {"name": said["name"], "rows": rows}
            title = _("试导入：%(title)s") % {"title": title} if said["trial"] else title
            ask(desk.organisation, desk.staff.person, IMPORT, title, said, uploaded=content)
            return redirect("desk-jobs")
    samples = [(regime.title, reverse("desk-mapping", args=[regime.id])) for regime in regimes_in_force(desk.organisation)]
    words = {"form": form, "samples": samples}
    return desk_page(request, desk, "workbench/jobs/import.html", words, status=422 if form.errors else 200)


@require_GET
@staff_page
@administrators_only
def mapping(_request: HttpRequest, desk: Desk, regime_id: str) -> HttpResponse:
    """A mapping of this regime to begin with."""
    answer = HttpResponse(sample_mapping(desk.world.in_force(regime_id)), content_type="application/yaml; charset=utf-8")
    name = content_disposition_header(as_attachment=True, filename=f"{regime_id}.yaml")
    answer.headers["Content-Disposition"] = name or ""
    return answer


@require_POST
@staff_page
@administrators_only
def import_after_trial(request: HttpRequest, desk: Desk, row: UUID) -> HttpResponse:
    """Bring in what was tried: the same table and mapping."""
    tried = job_for(desk.staff, row)
    if tried is None or tried.kind != IMPORT.name or tried.state != State.DONE or not tried.parameters["trial"]:
        raise Http404
    content = uploaded_with(tried)
    if not content:
        messages.error(request, _("试导入的文件已经过期，请重新上传。"))
        return redirect("desk-import")
    said = tried.parameters | {"trial": False}
    ask(desk.organisation, desk.staff.person, IMPORT, said["name"], said, uploaded=content)
    return redirect("desk-jobs")


@require_POST
@staff_page
def export_cases(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Export the list as its address filters it, personal data masked."""
    asked = asked_of(request)
    said = list_parameters(filter_of(asked, desk), asked["q"])
    title = _("案件清单 %(day)s") % {"day": desk.world.today.isoformat()}
    ask(desk.organisation, desk.staff.person, CASE_LIST, title, said, ending="xlsx")
    messages.success(request, _("已开始导出，完成后在这里下载。"))
    return redirect("desk-jobs")


@require_POST
@staff_page
@administrators_only
def rebuild(_request: HttpRequest, desk: Desk) -> HttpResponse:
    """Make lists, work lists, ledgers and search anew from the events."""
    ask_for_rebuild(desk.organisation, desk.staff.person)
    return redirect("desk-jobs")
