"""Deputies (代理) and rosters (值班表): who acts for whom from day to day, and who is on duty from hour to hour."""

from datetime import date, datetime, timedelta

from django.db import transaction

from huiyin.organisations.models import Deputy, RosterTurn, Staff, UnitKind
from huiyin.regime.model import Regime

LONGEST_DEPUTISING = timedelta(days=366)
LONGEST_TURN = timedelta(days=7)


class StandInRefusedError(ValueError):
    """Not permitted or not sensible; `field` says which entry to mend, the message (Chinese) how."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def appoint_deputy(
    staff: Staff, deputy: Staff, since: date, until: date, reason: str, *, by: Staff, today: date
) -> Deputy:
    """Let a colleague act for somebody from one day to another, both included.

    Raises:
        StandInRefusedError: `by` is neither the person nor an administrator; the deputy is the person, of another
            organisation or from outside; the days are over, in the wrong order or more than a year; no reason.
    """
    if by.organisation_id != staff.organisation_id or (by.pk != staff.pk and not by.administrator):
        raise StandInRefusedError("staff", "只能为自己安排代理；为他人安排须由系统管理员登记。")
    if deputy.pk == staff.pk:
        raise StandInRefusedError("deputy", "代理人不能是本人。")
    if deputy.organisation_id != staff.organisation_id or deputy.unit.kind == UnitKind.OUTSIDE:
        raise StandInRefusedError("deputy", "代理人须是本单位的人。")
    if until < since:
        raise StandInRefusedError("until", "结束日期早于开始日期。")
    if until < today:
        raise StandInRefusedError("until", "结束日期已经过去。")
    if until - since > LONGEST_DEPUTISING:
        raise StandInRefusedError("until", "一次最多代理一年。")
    if not reason.strip():
        raise StandInRefusedError("reason", "请写明事由，例如：出差、休假。")
    return Deputy.objects.create(
        staff=staff, deputy=deputy, since=since, until=until, reason=reason.strip(), set_by=by
    )


@transaction.atomic
def end_deputising(row: Deputy, *, by: Staff, today: date) -> None:
    """End it early: today is no longer part of it. One that has not begun is taken off the list.

    Raises:
        StandInRefusedError: `by` is neither the person nor an administrator.
    """
    if by.pk != row.staff_id and not (by.administrator and by.organisation_id == row.staff.organisation_id):
        raise StandInRefusedError("staff", "只有被代理人本人或系统管理员可以结束代理。")
    if row.since >= today:
        row.delete()
    elif row.until >= today:
        row.until = today - timedelta(days=1)
        row.save()


def put_on_duty(
    staff: Staff, regime: Regime, role: str, starts_at: datetime, ends_at: datetime, *, by: Staff
) -> RosterTurn:
    """Put somebody on the roster of a role that the regime fills by roster (`roster: true`).

    Raises:
        StandInRefusedError: `by` is no administrator; the role has no roster; the person is not of this organisation;
            the turn ends before it begins, lasts more than a week, or overlaps another one of the same person.
    """
    if not by.administrator or by.organisation_id != staff.organisation_id:
        raise StandInRefusedError("staff", "值班表由本单位的系统管理员登记。")
    known = regime.roles.get(role)
    if known is None or not known.roster:
        raise StandInRefusedError("role", "制度没有规定这个岗位轮流值班。")
    if staff.unit.kind == UnitKind.OUTSIDE:
        raise StandInRefusedError("staff", "值班人须是本单位的人。")
    if ends_at <= starts_at:
        raise StandInRefusedError("ends_at", "下班时间早于上班时间。")
    if ends_at - starts_at > LONGEST_TURN:
        raise StandInRefusedError("ends_at", "一班最长七天。")
    overlapping = RosterTurn.objects.filter(
        staff=staff, regime=regime.id, role=role, starts_at__lt=ends_at, ends_at__gt=starts_at
    )
    if overlapping.exists():
        raise StandInRefusedError("starts_at", "这个人这段时间已经排了班。")
    return RosterTurn.objects.create(
        staff=staff, regime=regime.id, role=role, starts_at=starts_at, ends_at=ends_at
    )


def take_off_duty(turn: RosterTurn, *, by: Staff) -> None:
    """Take a turn off the roster. Raises StandInRefusedError unless `by` is an administrator."""
    if not by.administrator or by.organisation_id != turn.staff.organisation_id:
        raise StandInRefusedError("staff", "值班表由本单位的系统管理员登记。")
    turn.delete()
