"""Affairs for the caller's eyes."""

from huiyin.api.schemas.cases import AffairItem, OccasionOut, RelatedOut
from huiyin.application.affair_lists import related, stems_of
from huiyin.application.loading import Opened
from huiyin.store.models import CaseRow


def affair_item(row: CaseRow) -> AffairItem:
    """An affair in a list."""
    return AffairItem(
        id=str(row.id),
        number=row.number,
        regime=row.regime,
        kind=row.kind,
        title=row.title,
        member=row.member,
        state=row.state,
        handling_unit=row.handling_unit,
        handler=row.handler,
        opened_at=row.received_at,
        next_due=row.next_due,
        overdue=row.overdue,
        version=row.version,
    )


def occasion_out(opened: Opened) -> OccasionOut | None:
    """What an affair was opened for."""
    occasion = opened.case.occasion
    if occasion is None:
        return None
    return OccasionOut(
        event=occasion.event,
        start=occasion.start,
        end=occasion.end,
        missed=occasion.missed,
        member=occasion.member,
        group=occasion.group,
        value=occasion.value,
        sample=list(occasion.sample),
    )


def related_out(opened: Opened) -> list[RelatedOut]:
    """What belongs together, as far as the caller may see it."""
    case, world, who = opened.case, opened.world, opened.actor
    rows = [("origin", row) for row in related(world, who, [case.origin])]
    rows += [("merged-into", row) for row in related(world, who, [case.merged_into])]
    rows += [("linked", row) for row in related(world, who, case.linked)]
    if case.occasion is not None:
        rows += [("carried", row) for row in related(world, who, case.occasion.carried)]
        rows += [("counted", row) for row in related(world, who, case.occasion.cases)]
    rows += [("stem", row) for row in stems_of(world, who, opened.row.id)]
    return [RelatedOut(how=how, number=row.number, kind=row.kind) for how, row in rows]
