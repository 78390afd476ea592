"""Regimes an organisation has published: publishing, finding the one in force, compiling once per process."""

import hashlib
import json
import tempfile
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from huiyin.organisations.clock import now_of
from huiyin.organisations.models import Organisation, RegimeVersion, TableRow
from huiyin.store.compiled_query import MARK, MARK_ID, CompiledQuery

if TYPE_CHECKING:
    from huiyin.regime.model import Regime

Tables = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""Table id → key → column → value."""

SCENARIOS = "scenarios.yaml"
"""The stories beside a regime file; published with it."""

_compiled: dict[UUID, "Regime"] = {}
"""Version → its regime."""

_by_content: dict[str, "Regime"] = {}
"""Digest of texts and answers → the regime, so that organisations with the same regime share it."""


class NoSuchRegimeError(LookupError):
    """The organisation has no such regime, or not in that version; the message names it."""


def regime_in_force(organisation: Organisation, regime_id: str) -> "Regime":
    """The regime a case filed now falls under: the active version that took effect last. Raises NoSuchRegimeError."""
    today = timezone.localdate(now_of(organisation))
    found = (
        RegimeVersion.objects.filter(
            organisation=organisation, regime=regime_id, active=True, effective_on__lte=today
        )
        .order_by("-effective_on", "-published_at")
        .values_list("pk", flat=True)
        .first()
    )
    if found is None:
        raise NoSuchRegimeError(f"本单位没有施行制度“{regime_id}”。 / No regime {regime_id} is in force here.")
    return _compile(found)


def regimes_in_force(organisation: Organisation) -> tuple["Regime", ...]:
    """All regimes in force now, by id."""
    today = timezone.localdate(now_of(organisation))
    rows = (
        RegimeVersion.objects.filter(organisation=organisation, active=True, effective_on__lte=today)
        .order_by("effective_on", "published_at")
        .values_list("regime", "pk")
    )
    return tuple(_compile(pk) for _, pk in sorted(dict(rows).items()))


def regime_version(organisation: Organisation, regime_id: str, version: str) -> "Regime":
    """The very version a case was filed under, active or not. Raises NoSuchRegimeError."""
    found = (
        RegimeVersion.objects.filter(organisation=organisation, regime=regime_id, version=version)
        .values_list("pk", flat=True)
        .first()
    )
    if found is None:
        raise NoSuchRegimeError(f"没有制度“{regime_id}”的 {version} 版。 / No version {version} of {regime_id}.")
    return _compile(found)


def compiled(version_id: UUID) -> "Regime":
    """A published version by its id, compiled once per process."""
    return _compile(version_id)


def take_up(version: RegimeVersion) -> "Regime":
    """The regime of a published version that another process has read: from then on `compiled` has it here, too."""
    if version.pk not in _compiled:
        _compiled[version.pk] = _by_content.get(_content(version)) or _load(version)
    return _compiled[version.pk]


def tables_of(organisation: Organisation, regime_id: str) -> Tables:
    """The lists the organisation keeps for a regime, as the core's `Context.tables` wants them. One query."""
    tables: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for table, key, columns in _table_rows(connection.vendor).rows([{MARK_ID: organisation.pk, MARK: regime_id}]):
        tables[table][key] = columns
    return dict(tables)


@cache
def _table_rows(_vendor: str) -> CompiledQuery:
    rows = TableRow.objects.filter(organisation_id=MARK_ID, regime=MARK).order_by("table", "id")
    return CompiledQuery(rows.values_list("table", "key", "columns"))


@transaction.atomic
def set_table(organisation: Organisation, regime_id: str, table: str, rows: Mapping[str, Mapping[str, Any]]) -> None:
    """Replace a list of the organisation by these rows: key → column → value."""
    TableRow.objects.filter(organisation=organisation, regime=regime_id, table=table).delete()
    TableRow.objects.bulk_create(
        TableRow(organisation=organisation, regime=regime_id, table=table, key=key, columns=dict(columns))
        for key, columns in rows.items()
    )


def install_pack(
    organisation: Organisation,
    pack: str,
    answers: Mapping[str, Any] | None = None,
    tables: Tables | None = None,
    *,
    effective_on: date | None = None,
) -> RegimeVersion:
    """Publish a regime that ships with Huiyin, with the organisation's answers and lists.

    Raises NoSuchRegimeError for an unknown pack and RegimeErrors for answers that do not fit.
    """
    from huiyin.regime import packs

    found = packs().get(pack)
    if found is None:
        raise NoSuchRegimeError(f"没有名为“{pack}”的制度包。 / There is no pack named {pack}.")
    return publish_regime(organisation, found, answers, tables, effective_on=effective_on)


@transaction.atomic
def publish_regime(
    organisation: Organisation,
    path: Path,
    answers: Mapping[str, Any] | None = None,
    tables: Tables | None = None,
    *,
    effective_on: date | None = None,
) -> RegimeVersion:
    """Publish the regime file (or folder) at `path`; effective today unless said otherwise.

    Publishing the same content under the same version again gives the version already there; other content or other
    answers under a version that exists is refused with ValueError. Raises RegimeErrors when the file is not in order.
    """
    from huiyin.regime import load

    regime = load(path, answers=answers, tables=tables)
    for table, rows in (tables or {}).items():
        set_table(organisation, regime.id, table, rows)
    known = RegimeVersion.objects.filter(
        organisation=organisation, regime=regime.id, version=regime.version
    ).first()
    if known is not None:
        if known.digest == regime.digest and known.answers == dict(answers or {}):
            return known
        raise ValueError(
            f"《{regime.title}》的 {regime.version} 版已经发布，内容不能再改；请换一个版本号。"
            f" / Version {regime.version} of {regime.id} is published already; give the new one another number."
        )
    sources = _sources(path)
    beside = (path if path.is_dir() else path.parent) / SCENARIOS
    return store_version(
        organisation,
        regime,
        sources.pop(regime.id),
        bases=sources,
        answers=dict(answers or {}),
        effective_on=effective_on,
        scenarios=beside.read_text(encoding="utf-8") if beside.is_file() else "",
    )


def store_version(
    organisation: Organisation,
    regime: "Regime",
    source: str,
    *,
    bases: Mapping[str, str],
    answers: Mapping[str, Any],
    effective_on: date | None = None,
    **more: Any,
) -> RegimeVersion:
    """Write a version that was checked; from then on it never changes. `more`: who published it, why, with which words."""
    now = now_of(organisation)
    version = RegimeVersion.objects.create(
        organisation=organisation,
        regime=regime.id,
        title=regime.title,
        version=regime.version,
        digest=regime.digest,
        source=source,
        base_sources=dict(bases),
        answers=dict(answers),
        published_at=now,
        effective_on=effective_on or timezone.localdate(now),
        takes_open_cases=regime.governance.open_cases == "move",
        **more,
    )
    _compiled[version.pk] = _by_content.setdefault(_content(version), regime)
    return version


def _compile(version_id: UUID) -> "Regime":
    regime = _compiled.get(version_id)
    if regime is None:
        version = RegimeVersion.objects.get(pk=version_id)
        content = _content(version)
        regime = _by_content.get(content)
        if regime is None:
            regime = _by_content[content] = _load(version)
        _compiled[version_id] = regime
    return regime


def _content(version: RegimeVersion) -> str:
    """A digest of everything the regime of a version is compiled from."""
    parts = [version.regime, version.source, version.base_sources, version.answers]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _load(version: RegimeVersion) -> "Regime":
    from huiyin.regime import load

    with tempfile.TemporaryDirectory(prefix="huiyin-regime-") as folder:
        find = _write_sources(Path(folder), version)
        return load(find(version.regime), answers=version.answers, find=find)


def _write_sources(folder: Path, version: RegimeVersion) -> Callable[[str], Path]:
    """Lay a published version's texts out as files: the loader reads files, and follows `extends` with the function."""
    for regime_id, text in {version.regime: version.source, **version.base_sources}.items():
        (folder / f"{regime_id}.yaml").write_text(text, encoding="utf-8")
    return lambda regime_id: folder / f"{regime_id}.yaml"


def _sources(path: Path) -> dict[str, str]:
    """The text of the regime at `path` and of every regime it extends, by regime id."""
    from huiyin.regime import packs
    from huiyin.regime.source import parse

    sources: dict[str, str] = {}
    while True:
        file = path / "regime.yaml" if path.is_dir() else path
        text = file.read_text(encoding="utf-8")
        head = parse(text).data
        sources[head["regime"]] = text
        base = head.get("extends")
        if base is None or base in sources:
            return sources
        path = packs()[base]
