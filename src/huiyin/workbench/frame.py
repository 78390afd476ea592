"""The sidebar, the top bar and the small paper about the next unusual day."""

from collections.abc import Mapping
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.application.heartbeat import unseen_jumps
from huiyin.application.source_bounds import full_sources
from huiyin.application.world import World
from huiyin.calendars import DayKind
from huiyin.organisations.models import Staff
from huiyin.site.components import DeskFrame, NavGroup, NavItem, Who
from huiyin.workbench.words.moments import day_words, now_words

LOOK_AHEAD = 12
"""Days within which a make-up day or a holiday is announced at the foot of the sidebar."""


def desk_frame(staff: Staff, world: World, counts: Mapping[str, int]) -> DeskFrame:
    """The frame around every page of this person."""
    title, sentence = _unusual_day(world)
    overdue = counts.get("overdue", 0)
    alarm, alarm_href = _alarm(staff)
    return DeskFrame(
        organisation=world.organisation.title,
        office=staff.unit.title,
        person=Who(staff.name, me=True),
        groups=(
            NavGroup(
                (
                    NavItem(_("我的一天"), reverse("desk-day"), "day", counts.get("day"), hot=overdue > 0),
                    NavItem(_("案件"), reverse("desk-cases"), "case"),
                    NavItem(_("日历"), reverse("desk-calendar"), "cal"),
                    NavItem(_("职责与整改"), reverse("desk-affairs"), "repeat"),
                    NavItem(_("整改"), reverse("desk-corrective"), "wrench"),
                    NavItem(_("督办和交办"), reverse("desk-orders"), "flag"),
                    NavItem(_("快速登记"), reverse("desk-intake"), "phone"),
                    NavItem(_("审批"), reverse("desk-approvals"), "stamp", counts.get("approvals")),
                    *_clock_entry(staff, world),
                )
            ),
            NavGroup(
                (
                    NavItem(_("制度库"), reverse("desk-regimes"), "book"),
                    NavItem(_("登记簿"), reverse("desk-registers"), "file"),
                    NavItem(_("台账"), reverse("desk-ledgers"), "ledger"),
                    NavItem(_("回访与承诺"), reverse("desk-commitments"), "heart"),
                    NavItem(_("及时率"), reverse("desk-timeliness"), "chart"),
                    NavItem(_("与我有关的处理"), reverse("desk-about-me"), "shield"),
                    NavItem(_("代理与值班"), reverse("desk-cover"), "user"),
                    NavItem(_("任务"), reverse("desk-jobs"), "down-load"),
                    *_operating_entry(staff),
                ),
                _("制度与台账"),
            ),
        ),
        search_href=reverse("desk-cases"),
        intake_href=reverse("desk-intake"),
        notices_href=reverse("desk-notices"),
        unread=counts.get("unread", 0),
        notice_title=title,
        notice=sentence,
        rehearsal=_rehearsal(world),
        alarm=alarm,
        alarm_href=alarm_href,
    )


def _clock_entry(staff: Staff, world: World) -> list[NavItem]:
    """An administrator of a rehearsal sets its clock."""
    mine = world.organisation.rehearsal and staff.administrator
    return [NavItem(_("演练时钟"), reverse("desk-clock"), "clock")] if mine else []


def _operating_entry(staff: Staff) -> list[NavItem]:
    """An administrator looks after working time, channels, bodies that file themselves and the work behind the scenes."""
    if not staff.administrator:
        return []
    return [
        NavItem(_("工作时间"), reverse("desk-working-time"), "clock"),
        NavItem(_("通知渠道"), reverse("desk-channels"), "send"),
        NavItem(_("来文单位"), reverse("desk-sources"), "pen"),
        NavItem(_("后台运行"), reverse("desk-background"), "repeat"),
    ]


def _rehearsal(world: World) -> str:
    if not world.organisation.rehearsal:
        return ""
    return _("演练：时钟在%(now)s，这里的事都不算数，不会发出真的通知") % {"now": now_words(world)}


def _alarm(staff: Staff) -> tuple[str, str]:
    """What an administrator is told on every page until somebody has looked, and where to look: the server's clock first,
    then bodies outside that wanted to file more than they may.
    """
    if not staff.administrator:
        return "", ""
    jumps, clock = unseen_jumps(), reverse("desk-background") + "#clock"
    if any(each.shown > each.expected for each in jumps):
        return _("服务器的时钟可能被拨快，或者后台停了很久：到期事项已暂停处理，请核对时间。"), clock
    if jumps:
        return _("服务器的时钟往回跳过，请核对时间。"), clock
    full = next(iter(full_sources(staff.organisation)), None)
    if full is None:
        return "", ""
    words = _("%(name)s提交的件数到了上限，暂不收新的：是正常的请调高，不正常的请停用单位码。")
    return words % {"name": full.name}, reverse("desk-source", args=(full.pk,))


def _unusual_day(world: World) -> tuple[str, str]:
    """The next make-up day or holiday on a weekday, with what it means for limits."""
    for offset in range(LOOK_AHEAD):
        day = world.calendar.day(world.today + timedelta(days=offset))
        words = day_words(day.date, world.today)
        if day.kind in (DayKind.MAKE_UP, DayKind.EXTRA_WORKDAY):
            return f"{words} {day.title}", _("算工作日，时限照常走")
        if day.kind in (DayKind.HOLIDAY, DayKind.DAY_OFF) and day.date.weekday() < 5:
            return f"{words} {day.title}", _("不算工作日，按工作日算的时限停走")
    return "", ""
