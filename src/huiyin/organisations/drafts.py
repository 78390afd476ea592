"""Drafts of regimes: kept, checked at every save, approved where the regime asks for it, published."""

import hashlib
import json
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from huiyin.cases.bodies import needed
from huiyin.organisations.clock import now_of
from huiyin.organisations.models import Organisation, RegimeDraft, RegimeVersion, Staff
from huiyin.organisations.people import people_of
from huiyin.organisations.regimes import regimes_in_force, store_version
from huiyin.regime import Regime, Report, check
from huiyin.regime.packs import find_pack
from huiyin.regime.source import MOST_BYTES, parse

FILE = "regime.yaml"
MOST_DRAFTS = 50
"""Kept at a time by an organisation."""


class DraftRefusedError(ValueError):
    """Not permitted or not sensible; `field` says which entry to mend, the message (Chinese) how."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Checked:
    """What the checker says of a text with answers, and the regime where it can be used.

    `declared` is the regime read without the answers, which tells what can be answered; None where the text has errors.
    """

    report: Report
    declared: Regime | None


def check_text(source: str, answers: Mapping[str, Any]) -> Checked:
    """Check a text as it would be published. Never raises for bad content."""

    def reported(given: Mapping[str, Any], *, publishing: bool) -> Report:
        return check(file, answers=given, find=find_pack, publishing=publishing)

    with tempfile.TemporaryDirectory(prefix="huiyin-draft-") as folder:
        file = Path(folder) / FILE
        file.write_bytes(source.encode("utf-8", "replace")[: MOST_BYTES + 1])
        report = reported(answers, publishing=True)
        declared = report.regime or reported({}, publishing=False).regime
    return Checked(report, declared)


def start_draft(
    organisation: Organisation, source: str, *, by: Staff, answers: Mapping[str, Any] | None = None, scenarios: str = ""
) -> RegimeDraft:
    """Keep a text as a draft and check it. Raises DraftRefusedError."""
    _only_administrators(by, organisation)
    if organisation.regime_drafts.count() >= MOST_DRAFTS:
        raise DraftRefusedError("source", f"草稿已有{MOST_DRAFTS}份，请先删去不用的。")
    draft = RegimeDraft(organisation=organisation)
    return _kept(draft, source, answers or {}, scenarios, by)


def draft_of_version(version: RegimeVersion, *, by: Staff) -> RegimeDraft:
    """A draft that says what a published version says, to be changed into the next one. Raises DraftRefusedError."""
    return start_draft(version.organisation, version.source, by=by, answers=version.answers, scenarios=version.scenarios)


def save_draft(
    draft: RegimeDraft,
    *,
    by: Staff,
    edition: int,
    source: str | None = None,
    answers: Mapping[str, Any] | None = None,
    scenarios: str | None = None,
) -> RegimeDraft:
    """Keep what was changed, check it; what is None stays. `edition` is the one that was changed.

    Raises:
        DraftRefusedError: `by` is no administrator, or somebody else has saved meanwhile.
    """
    _only_administrators(by, draft.organisation)
    with transaction.atomic():
        locked = RegimeDraft.objects.select_for_update().select_related("organisation", "changed_by").get(pk=draft.pk)
        if locked.edition != edition:
            message = f"{locked.changed_by.name}在您打开之后保存过这份草稿。您改的内容还在下面，没有保存；请复制下来，重新打开草稿再改。"
            raise DraftRefusedError("source", message)
        return _kept(
            locked,
            locked.source if source is None else source,
            locked.answers if answers is None else answers,
            locked.scenarios if scenarios is None else scenarios,
            by,
        )


def _kept(draft: RegimeDraft, source: str, answers: Mapping[str, Any], scenarios: str, by: Staff) -> RegimeDraft:
    if len(source.encode()) > MOST_BYTES or len(scenarios.encode()) > MOST_BYTES:
        raise DraftRefusedError("source", f"文件太大：最多 {MOST_BYTES // 1_000_000} MB。")
    draft.source, draft.scenarios, draft.answers = source.replace("\r\n", "\n"), scenarios, dict(answers)
    checked = check_text(draft.source, draft.answers)
    known = checked.report.regime or checked.declared
    head = [known.id, known.title, known.version] if known else _head(draft.source)
    draft.regime, draft.title, draft.version = head[0][:80], head[1][:200], head[2][:40]
    draft.problems = [
        {**asdict(problem), "severity": problem.severity.value, "file": Path(problem.file).name}
        for problem in checked.report.problems
    ]
    draft.ready = checked.report.regime is not None
    draft.digest = digest_of(draft)
    draft.edition += 1
    draft.changed_by, draft.changed_at = by, now_of(draft.organisation)
    draft.save()
    return draft


def _head(source: str) -> list[str]:
    """Id, title and version of a text that cannot be used yet, as far as they can be read."""
    data = parse(source).data
    said = data if isinstance(data, dict) else {}
    return [str(said[key]) if isinstance(said.get(key), str) else "" for key in ("regime", "title", "version")]


def digest_of(draft: RegimeDraft) -> str:
    """The SHA-256 of text and answers: what an approval is given to."""
    said = json.dumps([draft.source, draft.answers], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def delete_draft(draft: RegimeDraft, *, by: Staff) -> None:
    """Throw a draft away. Raises DraftRefusedError."""
    _only_administrators(by, draft.organisation)
    draft.delete()


# -- approval ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StageOfPublishing:
    """A stage of the approval that publishing needs: the roles that say yes, and the yeses given to this very text.

    `wanted`: how many have to say yes in each of the roles: one, or as many members of a body as its quorum asks.
    """

    number: int
    roles: tuple[str, ...]
    titles: tuple[str, ...]
    every: bool
    wanted: tuple[int, ...]
    given: tuple[Mapping[str, Any], ...]

    @property
    def complete(self) -> bool:
        """Whether one of the roles, or where all are asked each, has said yes."""
        said = [self._said(role, wanted) for role, wanted in zip(self.roles, self.wanted, strict=True)]
        return all(said) if self.every else any(said)

    def open_to(self, roles: set[str], person: str) -> str:
        """The role in which this person, who holds these roles, can say yes now; empty for none."""
        if self.complete:
            return ""
        mine = {each["role"] for each in self.given if each["person"] == person}
        waiting = zip(self.roles, self.wanted, strict=True)
        return next((role for role, wanted in waiting if role in roles - mine and not self._said(role, wanted)), "")

    def _said(self, role: str, wanted: int) -> bool:
        return sum(each["role"] == role for each in self.given) >= wanted


def stages_of_publishing(draft: RegimeDraft) -> list[StageOfPublishing]:
    """Who must say yes before the draft is published: as the regime in force rules it, else as the draft itself does.

    `governance.approval`; empty where nobody is named. Amounts and conditions of a case do not matter here.
    """
    in_force = next((each for each in regimes_in_force(draft.organisation) if each.id == draft.regime), None)
    ruling = in_force or check_text(draft.source, draft.answers).declared
    if ruling is None or not ruling.governance.approval:
        return []
    approval = ruling.approvals[ruling.governance.approval]
    directory = people_of(draft.organisation, draft.organisation.people_stamp).under(draft.regime)
    counted = [each for each in draft.approvals if each["digest"] == draft.digest]
    stages = []
    for number, stage in enumerate(approval.stages):
        roles = stage.all_of or stage.by
        given = tuple(each for each in counted if each["stage"] == number)
        wanted = tuple(_wanted(ruling, role, len(directory.holders_of(role))) for role in roles)
        titles = tuple(_titled(ruling, role, count) for role, count in zip(roles, wanted, strict=True))
        stages.append(StageOfPublishing(number, roles, titles, bool(stage.all_of), wanted, given))
    return stages


def _wanted(ruling: Regime, role: str, members: int) -> int:
    known = ruling.roles.get(role)
    return needed(ruling, role, members) if known is not None and known.quorum is not None else 1


def _titled(ruling: Regime, role: str, wanted: int) -> str:
    title = ruling.role_title(role)
    return f"{title}（{wanted}人）" if wanted > 1 else title


def approve_draft(draft: RegimeDraft, *, by: Staff, roles: set[str], edition: int) -> None:
    """Say yes to a draft in the role whose turn it is; `roles` are those the person holds under the regime.

    Raises:
        DraftRefusedError: it cannot be published yet, was changed meanwhile, or nobody waits for this person.
    """
    with transaction.atomic():
        locked = RegimeDraft.objects.select_for_update().get(pk=draft.pk)
        if locked.edition != edition:
            raise DraftRefusedError("", "草稿在您打开之后改过，请看过新的内容再决定。")
        if not locked.ready:
            raise DraftRefusedError("", "草稿还有错误，改正之后才能批准。")
        stage = next((each for each in stages_of_publishing(locked) if not each.complete), None)
        role = stage.open_to(roles, by.person) if stage else ""
        if stage is None or not role:
            raise DraftRefusedError("", "现在没有等您批准的。")
        yes = {
            "stage": stage.number,
            "role": role,
            "person": by.person,
            "name": by.name,
            "at": now_of(locked.organisation).isoformat(),
            "digest": locked.digest,
        }
        locked.approvals = [*locked.approvals, yes]
        locked.save(update_fields=["approvals"])


# -- publishing --------------------------------------------------------------------------------------------------------


def publish_draft(
    draft: RegimeDraft, *, by: Staff, effective_on: date, reason: str, announcement: str, today: date, edition: int
) -> RegimeVersion:
    """Publish a draft: from `effective_on` new cases fall under it. The draft is gone afterwards.

    Raises:
        DraftRefusedError: `by` is no administrator; the draft has errors, was changed meanwhile or lacks an approval; the
            day is over; no reason; the version exists already.
    """
    _only_administrators(by, draft.organisation)
    if effective_on < today:
        raise DraftRefusedError("effective_on", "施行日期已经过去；制度不能倒溯施行。")
    if not reason.strip():
        raise DraftRefusedError("reason", "请写明为什么发布或修订。")
    with transaction.atomic():
        locked = RegimeDraft.objects.select_for_update().select_related("organisation").get(pk=draft.pk)
        if locked.edition != edition:
            raise DraftRefusedError("", "草稿在您打开之后改过，请看过新的内容再发布。")
        regime = check_text(locked.source, locked.answers).report.regime
        if regime is None:
            raise DraftRefusedError("", "草稿还有错误，不能发布。")
        waiting = [title for stage in stages_of_publishing(locked) if not stage.complete for title in stage.titles]
        if waiting:
            raise DraftRefusedError("", f"发布须经批准，还没有批准的：{'、'.join(waiting)}。")
        known = RegimeVersion.objects.filter(organisation=locked.organisation, regime=regime.id, version=regime.version)
        if known.exists():
            raise DraftRefusedError("", f"{regime.version} 版已经发布，请在文件开头换一个版本号（version）。")
        version = store_version(
            locked.organisation,
            regime,
            locked.source,
            bases=_bases(locked.source),
            answers=locked.answers,
            effective_on=effective_on,
            scenarios=locked.scenarios,
            published_by=by,
            reason=reason.strip(),
            announcement=announcement.strip(),
            approvals=[each for each in locked.approvals if each["digest"] == locked.digest],
        )
        locked.delete()
    return version


def _bases(source: str) -> dict[str, str]:
    """The texts of the packs that a text extends, by id."""
    found: dict[str, str] = {}
    base = _extends(parse(source).data)
    while base and base not in found:
        found[base] = find_pack(base).read_text(encoding="utf-8")
        base = _extends(parse(found[base]).data)
    return found


def _extends(data: Any) -> str:
    return data["extends"] if isinstance(data, dict) and isinstance(data.get("extends"), str) else ""


def _only_administrators(by: Staff, organisation: Organisation) -> None:
    if not by.administrator or by.organisation_id != organisation.pk:
        raise DraftRefusedError("", "起草和发布制度由系统管理员办理。")
