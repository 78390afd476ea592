"""Duties, watches, corrective actions and commitments that could never come about, or that nobody would deal with."""

from collections.abc import Iterable

from huiyin.regime.affairs.revision import reviewers
from huiyin.regime.compiling import Desk
from huiyin.regime.model import FieldType, Regime, Watch
from huiyin.regime.source import Path

_OF_AFFAIRS = {"duties": "定期职责", "watches": "预警", "corrective": "整改"}


def check_standing(desk: Desk, regime: Regime) -> None:
    """W8; E26 for a commitment that takes the name of another affair."""
    _duties(desk, regime)
    _revision(desk, regime)
    for watch in regime.watches.values():
        _watch(desk, regime, watch)
    _commitments(desk, regime)


def _revision(desk: Desk, regime: Regime) -> None:
    """W8 where the regime is to be looked at again and again, and nobody is named who does it."""
    if regime.governance.revise_every and not reviewers(regime):
        _idle(
            desk,
            ("governance", "revise_every"),
            "制度定期修订没有人负责：请写 revised_by",
            "Nobody is named who revises the regime: write revised_by",
        )


def _idle(desk: Desk, path: Path, zh: str, en: str, *, at_key: bool = True) -> None:
    desk.found.add("idle-affair", path, at_key=at_key, zh=zh, en=en)


def _duties(desk: Desk, regime: Regime) -> None:
    for duty in regime.duties.values():
        path: Path = ("duties", duty.id)
        if not duty.every and not duty.after:
            _idle(
                desk,
                path,
                f"职责“{duty.title}”没有写 every 或 after，永远不会到期",
                f"The duty '{duty.id}' has neither every nor after and never falls due",
            )
        if duty.per == "location" and not _places(regime, duty.files):
            _idle(
                desk,
                (*path, "per"),
                f"职责“{duty.title}”按地点办理，而渠道没有写 locations",
                f"The duty '{duty.id}' is done per location, and no channel has locations",
            )


def _places(regime: Regime, channel: str) -> Iterable[str]:
    channels = (
        [regime.intake.channels[channel]] if channel in regime.intake.channels else regime.intake.channels.values()
    )
    return [place for each in channels for place in each.locations]


def _watch(desk: Desk, regime: Regime, watch: Watch) -> None:
    path: Path = ("watches", watch.id)
    if watch.at_least is None and watch.at_most is None and watch.growth is None:
        _idle(
            desk,
            path,
            f"预警“{watch.title}”没有写 at_least、at_most 或 growth，永远不会触发",
            f"The watch '{watch.id}' has no at_least, at_most or growth and never fires",
        )
    for per in watch.per:
        if not _has_groups(regime, per):
            _idle(
                desk,
                (*path, "per"),
                f"预警“{watch.title}”按“{per}”统计，而案件里没有这样的内容",
                f"The watch '{watch.id}' counts per '{per}', which no case has",
            )
    heard = regime.on(watch.id)
    reacting = heard.notices or heard.rules or heard.corrective or heard.duties
    if not watch.tell and not reacting:
        _idle(
            desk,
            path,
            f"预警“{watch.title}”没有人处置：请写 tell，或让规则 after: {watch.id}",
            f"Nobody deals with the watch '{watch.id}': write tell, or let a rule come after it",
        )


def _has_groups(regime: Regime, per: str) -> bool:
    """Whether cases have what a watch counts by."""
    if per == "cause":
        works = (*regime.flow.values(), *regime.acts.values())
        return any(name == "cause" or name.endswith("_cause") for work in works for name in work.fields)
    if per in ("product", "place"):
        return any(field.type is FieldType(per) for field in regime.intake.fields.values())
    return per != "category" or bool(regime.categories)


def _commitments(desk: Desk, regime: Regime) -> None:
    for commitment in regime.commitments.values():
        path: Path = ("commitments", commitment.id)
        for section, title in _OF_AFFAIRS.items():
            if commitment.id in getattr(regime, section):
                desk.found.add("name-taken", path, at_key=True, name=commitment.id, other_zh=title, other_en=section)
        if commitment.figure_from and (commitment.audience == "staff" or not commitment.is_measured):
            _idle(
                desk,
                (*path, "figure_from"),
                f"承诺“{commitment.title}”写了 figure_from，却不对外公布或者没有可以衡量的数",
                f"The commitment '{commitment.id}' has a figure_from, but it is not public or nothing is measured",
            )
        if commitment.bound and not commitment.over:
            _idle(
                desk,
                path,
                f"承诺“{commitment.title}”没有写 over，无法按期核对",
                f"The commitment '{commitment.id}' has no over and is never looked at",
            )
