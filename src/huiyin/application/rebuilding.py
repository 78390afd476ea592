"""The rebuild of lists, work lists, ledgers and search as a job, while everybody goes on working.

An administrator asks for it; after an upgrade that changed what is computed it is asked for by itself.
"""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as gettext_now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from huiyin.cases.people import SYSTEM
from huiyin.jobs.asking import ask
from huiyin.jobs.kinds import Kind
from huiyin.jobs.models import OPEN, Job
from huiyin.jobs.steps import Run
from huiyin.organisations.models import Organisation
from huiyin.store.models import EventRow, ProjectedRow
from huiyin.store.projections.form import current_form
from huiyin.store.rebuild import count_cases, drop_without_events, next_cases, rebuild_cases
from huiyin.store.sentences import kept

from .world import world_of

BATCH = 50
"""Cases of a step: others who write wait no longer than it takes."""


def _step(run: Run) -> None:
    organisation = run.organisation
    total = run.total or count_cases(organisation.pk)
    last = run.position.get("after")
    portion = next_cases(organisation.pk, UUID(last) if last else None, BATCH)
    run.doing(gettext_noop("重建第%(first)s至%(last)s件"), first=run.done + 1, last=run.done + max(1, len(portion)))
    with run.whole():
        if not portion:
            drop_without_events(organisation.pk)
            run.end(done=run.done, counts={"cases": run.done})
            return
        rebuild_cases(organisation.pk, portion, world_of(organisation))
        done = run.done + len(portion)
        run.save({"after": str(portion[-1])}, done=done, total=max(total, done), words=kept(gettext_noop("已重建%(count)s件"), count=done))


REBUILD = Kind("rebuild", _("重建列表与检索"), _step, administrators_only=True, counts=(("cases", _("重建案件")),))
"""Asked for with no parameters; one at a time in an organisation."""


def ask_for_rebuild(organisation: Organisation, person: str) -> Job:
    """Put the rebuild of an organisation into the queue; while one is open, that one is given. Raises StoreUnavailable."""
    return ask(organisation, person, REBUILD, gettext_now("列表、待办、台账和检索"), {}, shared=True)


def is_being_rebuilt(organisation: Organisation) -> bool:
    """Whether a rebuild waits or runs, so that lists may differ from the events until it is done."""
    return Job.objects.filter(organisation=organisation, kind=REBUILD.name, state__in=OPEN).exists()


def rebuild_after_upgrade() -> int:
    """Ask for a rebuild of every organisation with cases when the lists were computed by a version that computed others.

    Safe to call at every start and from several processes: the first one asks. Gives the number of organisations.
    Raises StoreUnavailable.
    """
    form = current_form()
    if ProjectedRow.objects.filter(form=form).exists():
        return 0
    with transaction.atomic():
        row, _made = ProjectedRow.objects.get_or_create(pk=1, defaults={"form": ""})
        if not ProjectedRow.objects.filter(pk=1, form=row.form).exclude(form=form).update(form=form):
            return 0    # another process was first
        having_cases = Organisation.objects.filter(pk__in=EventRow.objects.values("organisation_id"))
        for organisation in having_cases:
            ask_for_rebuild(organisation, SYSTEM.person)
        return len(having_cases)
