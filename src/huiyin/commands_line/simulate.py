"""`huiyin regime simulate`: past cases of an organisation decided again under a pack or file."""

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from huiyin.commands_line.language import chosen, say

if TYPE_CHECKING:
    from huiyin.application.simulation_words import SimulationWords
    from huiyin.organisations.models import Organisation
    from huiyin.simulation import Totals

BATCH = 500


def simulate(
    slug: str, name: str, path: Path, since: datetime | None, until: datetime | None, *, as_json: bool
) -> tuple[str, bool]:
    """What to print, and whether anything differs. The regime in force is compared with; settings keep their answers.

    Raises:
        click.UsageError: there is no such organisation.
        click.ClickException: the file cannot be used, or the organisation has no such regime in force.
    """
    from huiyin.commands_line.ready import prepare_database, start_django

    start_django()
    prepare_database()
    from django.utils.translation import override

    from huiyin.commands_line.choosing import chosen_organisations

    with override("en" if chosen() == "en" else "zh-hans"):
        totals, words, versions = _totals(chosen_organisations((slug,))[0], name, path, since, until)
        text = _json_of(totals, words, versions) if as_json else "\n".join(_lines(totals, words, versions))
    return text, totals.groups["changed"] > 0


def _totals(
    organisation: "Organisation", name: str, path: Path, since: datetime | None, until: datetime | None
) -> tuple["Totals", "SimulationWords", tuple[str, str, str]]:
    from huiyin.application.simulating import NOWHERE, Period, cases_of, pasts_of, simulation_of
    from huiyin.application.simulation_words import SimulationWords
    from huiyin.application.world import world_of
    from huiyin.organisations.models import RegimeVersion
    from huiyin.organisations.services import NoSuchRegimeError
    from huiyin.regime import RegimeErrors, load
    from huiyin.simulation import Totals
    from huiyin.simulation.titles import titles_of

    world = world_of(organisation)
    try:
        draft = load(path)
        before = world.in_force(draft.id)
        given = RegimeVersion.objects.get(organisation=organisation, regime=before.id, version=before.version).answers
        after = load(path, answers={name: answer for name, answer in given.items() if name in draft.settings})
    except (RegimeErrors, NoSuchRegimeError) as error:
        raise click.ClickException(f"{name}：{error}") from error
    simulation, totals = simulation_of(world, before, after), Totals()
    cases = cases_of(world, before.id, Period(since.date() if since else None, until.date() if until else None))
    total, last = cases.count(), NOWHERE
    while rows := list(cases.filter(id__gt=last)[:BATCH]):
        for _row, past in pasts_of(world, rows, world.now):
            totals.add(simulation.compare(past))
        last = rows[-1].id
        if sys.stderr.isatty():
            click.echo(f"\r{totals.cases}/{total}", nl=totals.cases == total, err=True)
    return totals, SimulationWords(world, titles_of(before, after)), (before.title, before.version, after.version)


def _lines(totals: "Totals", words: "SimulationWords", versions: tuple[str, str, str]) -> list[str]:
    title, before, after = versions
    changed = totals.groups["changed"]
    lines = [say(
        f"《{title}》{before} 版与 {after} 版：试算{totals.cases}件，结果不同{changed}件",
        f"{title}, {before} against {after}: cases simulated {totals.cases}, different {changed}",
    )]
    lines += [f"{each.aspect} {each.about}  {each.before} → {each.after}  {each.count}" for each in words.figures(totals)]
    for limit in words.limits(totals):
        lines.append(say(
            f"{limit.title}  超期 {limit.late_before} → {limit.late_after}（变为超期{limit.newly_late}，不再超期{limit.in_time_now}）",
            f"{limit.title}  late {limit.late_before} → {limit.late_after} ({limit.newly_late} newly, {limit.in_time_now} no more)",
        ))
        moved = (
            (say("到期提前", "due earlier"), limit.earlier, limit.earlier_by),
            (say("到期推后", "due later"), limit.later, limit.later_by),
        )
        lines += [f"  {what} {count}  {by}" for what, count, by in moved if count]
    left = say("没有重新判断", "Not decided again")
    lines += [f"{left}  {each.about}  {each.before}  {each.count}" for each in words.unknown(totals)]
    return lines


def _json_of(totals: "Totals", words: "SimulationWords", versions: tuple[str, str, str]) -> str:
    import json
    from dataclasses import asdict

    found: dict[str, Any] = {
        "regime": versions[0], "before": versions[1], "after": versions[2], "cases": totals.cases,
        "changed": totals.groups["changed"], "figures": [asdict(each) for each in words.figures(totals)],
        "limits": [asdict(each) for each in words.limits(totals)], "unknown": [asdict(each) for each in words.unknown(totals)],
    }  # fmt: skip
    return json.dumps(found, ensure_ascii=False, indent=1)
