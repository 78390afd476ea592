"""The rebuild of lists, work lists, ledgers and search as a job, while everybody goes on working."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from huiyin.jobs.kinds import Kind
from huiyin.jobs.steps import Run
from huiyin.store.rebuild import count_cases, drop_without_events, next_cases, rebuild_cases

from .world import world_of

BATCH = 50
"""Cases of a step: others who write wait no longer than it takes."""


def _step(run: Run) -> None:
    organisation = run.organisation
    total = run.total or count_cases(organisation.pk)
    last = run.position.get("after")
    portion = next_cases(organisation.pk, UUID(last) if last else None, BATCH)
    run.doing(f"重建第{run.done + 1}至{run.done + max(1, len(portion))}件")
    with run.whole():
        if not portion:
            drop_without_events(organisation.pk)
            run.end(done=run.done, counts={"cases": run.done})
            return
        rebuild_cases(organisation.pk, portion, world_of(organisation))
        done = run.done + len(portion)
        run.save({"after": str(portion[-1])}, done=done, total=max(total, done), words=f"已重建{done}件")


REBUILD = Kind("rebuild", _("重建列表与检索"), _step, administrators_only=True, counts=(("cases", _("重建案件")),))
"""Asked for with no parameters; one at a time in an organisation."""
