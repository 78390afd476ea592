"""任务: long work somebody asked for, how far it is, and its files; an administrator sees that of all."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from huiyin.application.background import background
from huiyin.jobs.asking import NotNow, cancel, job_for, jobs_for, take_out, try_again
from huiyin.jobs.models import PROBLEMS, Job
from huiyin.site.htmx import is_htmx
from huiyin.store.files.storage import plain_name
from huiyin.workbench.desk import Desk, desk_page, staff_page
from huiyin.workbench.pages.jobs import ended_since, job_lines


@require_GET
@staff_page
def job_list(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The newest jobs; while one is open, the page asks for the list again every other second."""
    jobs = jobs_for(desk.staff)
    lines, still_open = job_lines(desk, jobs), sum(job.is_open for job in jobs)
    words = {"lines": lines, "open": still_open}
    if is_htmx(request):
        ended = ended_since(lines, request.GET.get("open", ""))
        return render(request, "workbench/jobs/lines.html", {**words, "administrator": desk.staff.administrator, "ended": ended})
    words["nobody"] = words["open"] and not background(desk.organisation.pk).alive
    return desk_page(request, desk, "workbench/jobs/list.html", words)


@require_POST
@staff_page
def cancel_job(request: HttpRequest, desk: Desk, row: UUID) -> HttpResponse:
    """Stop a job: at once while it waits, else after the step under way."""
    job = _job(desk, row)
    try:
        cancel(job)
        messages.success(request, _("已取消；已经做完的部分保留。"))
    except NotNow as trouble:
        messages.error(request, str(trouble))
    return redirect("desk-jobs")


@require_POST
@staff_page
def retry_job(request: HttpRequest, desk: Desk, row: UUID) -> HttpResponse:
    """Go on with a job that failed or was cancelled, from the last step that was done."""
    job = _job(desk, row)
    try:
        try_again(job)
        messages.success(request, _("已重新排队，从中断的地方继续。"))
    except NotNow as trouble:
        messages.error(request, str(trouble))
    return redirect("desk-jobs")


@require_GET
@staff_page
def job_file(_request: HttpRequest, desk: Desk, row: UUID, file: str) -> HttpResponseBase:
    """A file of a job, for the person who asked for it; taking it out is written down."""
    job = _job(desk, row)
    content = take_out(job, file, desk.staff.person, timezone.now())
    if content is None:
        raise Http404
    answer = StreamingHttpResponse(content, content_type="application/octet-stream")
    name = _("未导入的行") + ".csv" if file == PROBLEMS else f"{plain_name(job.title)}.{job.ending}"
    answer.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _job(desk: Desk, row: UUID) -> Job:
    job = job_for(desk.staff, row)
    if job is None:
        raise Http404
    return job
