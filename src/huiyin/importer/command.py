"""`huiyin import`: cases from CSV or XLSX."""

import csv
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from huiyin.commands_line.language import say

if TYPE_CHECKING:
    from huiyin.cases.people import Actor
    from huiyin.importer.running import Report
    from huiyin.organisations.models import Organisation


@click.command(
    help=say("从 CSV 或 XLSX 导入案件；可以中断后再次运行。", "Import cases; may be run again after a break.")
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--map", "mapping_file", required=True, type=click.Path(path_type=Path), help=say("映射文件（YAML）", "Mapping")
)
@click.option("--organisation", default="", help=say("单位简称；默认是第一个正式单位", "Organisation slug"))
@click.option(
    "--report", "report_file", type=click.Path(path_type=Path), help=say("把未导入的行写进 CSV", "Refused rows")
)
@click.option("--limit", type=int, help=say("只导入前若干行", "Only so many rows"))
@click.option("--json", "as_json", is_flag=True, help=say("以 JSON 输出", "Write JSON"))
def command(
    file: Path, mapping_file: Path, organisation: str, report_file: Path | None, limit: int | None, *, as_json: bool
) -> int:
    """Import; 0 when every row is in, 1 when rows were refused, 2 when file or mapping cannot be used."""
    from huiyin.commands_line.ready import require_database

    require_database()
    from huiyin.importer.mapping import BadMapping, read_mapping
    from huiyin.importer.running import Report, run_import
    from huiyin.importer.sheets import UnreadableSheet

    begun, report = time.perf_counter(), Report()
    try:
        mapping = read_mapping(mapping_file)
        target, who = _target(organisation)
        for report in run_import(target, who, file, mapping, limit=limit):
            if not as_json:
                click.echo(_line(report), err=True)
    except (BadMapping, UnreadableSheet) as trouble:
        raise click.UsageError(str(trouble)) from trouble
    seconds = time.perf_counter() - begun
    _write(report, report_file)
    if report.trouble:
        click.echo(say(
            f"辅助进程中断（{report.trouble}），其余各行由本进程接着导入，没有遗漏；多半是内存不够。",
            f"The helper process was lost ({report.trouble}); the rest was imported without it. Memory may be short.",
        ), err=True)
    if as_json:
        click.echo(json.dumps(_as_data(report, seconds), ensure_ascii=False))
    else:
        click.echo(_line(report))
        for refusal in report.refused[:20]:
            click.echo(say(f"  第{refusal.line}行：{refusal.reason}", f"  line {refusal.line}: {refusal.reason}"))
        click.echo(say(f"用时{seconds:.1f}秒，每秒{report.rows / max(seconds, 0.001):.0f}行", f"{seconds:.1f} s"))
    return 1 if report.refused else 0


def _target(slug: str) -> tuple["Organisation", "Actor"]:
    from huiyin.cases.people import SYSTEM
    from huiyin.organisations.models import Organisation

    found = Organisation.objects.filter(slug=slug) if slug else Organisation.objects.filter(rehearsal=False)
    organisation = found.order_by("pk").first()
    if organisation is None:
        known = "、".join(Organisation.objects.values_list("slug", flat=True))
        raise click.UsageError(say(f"没有单位“{slug}”；有：{known}", f"no organisation {slug}; there are: {known}"))
    return organisation, SYSTEM


def _line(report: "Report") -> str:
    return say(
        f"已读{report.rows}行：新登记{report.filed}，此前已导入{report.already}，补录办理{report.played}，未导入{len(report.refused)}",
        f"{report.rows} rows: {report.filed} filed, {report.already} known, {report.played} played, "
        f"{len(report.refused)} refused",
    )


def _as_data(report: "Report", seconds: float) -> dict[str, object]:
    refused = [{"line": each.line, "reason": each.reason} for each in report.refused]
    counts = {"rows": report.rows, "filed": report.filed, "already": report.already, "played": report.played}
    return {**counts, "refused": refused, "seconds": round(seconds, 3)}


def _write(report: "Report", file: Path | None) -> None:
    if file is None:
        return
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["行", "原因"])
        writer.writerows([each.line, each.reason] for each in report.refused)
