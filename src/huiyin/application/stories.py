"""Playing the stories beside a regime: asked for on a page, done by the worker in a process of its own, kept by digest.

What somebody wrote is played as `huiyin regime test` plays it, bounded in time and memory by the operating system.
"""

import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.utils import timezone

from huiyin.organisations.models import RegimeDraft, RegimeVersion, StoryRun
from huiyin.regime.packs import packs

SECONDS = 60
MEGABYTES = 1024
MOST_SAID = 4_000
"""Characters kept of what went wrong."""


def digest_of_stories(subject: RegimeVersion | RegimeDraft) -> str:
    """Names the texts exactly: the regime, those it extends, the stories."""
    bases = subject.base_sources if isinstance(subject, RegimeVersion) else {}
    said = json.dumps([subject.source, bases, subject.scenarios], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def story_run(subject: RegimeVersion | RegimeDraft) -> StoryRun | None:
    """What playing these very texts gave, or that it was asked for; None when nobody has."""
    return StoryRun.objects.filter(organisation_id=subject.organisation_id, digest=digest_of_stories(subject)).first()


def ask_stories(subject: RegimeVersion | RegimeDraft) -> StoryRun:
    """Let the worker play the stories, again if they were played."""
    about = {"version": subject} if isinstance(subject, RegimeVersion) else {"draft": subject}
    run, _made = StoryRun.objects.update_or_create(
        organisation_id=subject.organisation_id,
        digest=digest_of_stories(subject),
        defaults={**about, "asked_at": timezone.now(), "played_at": None, "results": [], "coverage": {}, "trouble": ""},
    )
    return run


def play_waiting_stories() -> int:
    """Play the set of stories that waits longest; 1, or 0 when none waits."""
    waiting = StoryRun.objects.filter(played_at__isnull=True).select_related("version", "draft").order_by("asked_at").first()
    if waiting is None:
        return 0
    subject = waiting.version or waiting.draft
    if subject is None or digest_of_stories(subject) != waiting.digest:  # the draft has been changed since
        waiting.delete()
        return 1
    found = _play(subject)
    StoryRun.objects.filter(pk=waiting.pk, asked_at=waiting.asked_at).update(played_at=timezone.now(), **found)
    return 1


def _play(subject: RegimeVersion | RegimeDraft) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="huiyin-stories-") as top:
        folder = Path(top) / "played" / (subject.regime or "regime")
        folder.mkdir(parents=True)
        for base, text in (subject.base_sources if isinstance(subject, RegimeVersion) else {}).items():
            beside = folder.parent / base
            beside.mkdir(exist_ok=True)
            (beside / "regime.yaml").write_text(text, encoding="utf-8")
        (folder / "regime.yaml").write_text(subject.source, encoding="utf-8")
        (folder / "scenarios.yaml").write_text(subject.scenarios, encoding="utf-8")
        said, trouble = _command("test", str(folder))
        told = [_result(each, folder) for each in said] if isinstance(said, list) else []
    results = [each for each in told if each["title"]]
    unreadable = next((each["failure"] for each in told if not each["title"]), "")
    return {"results": results, "trouble": unreadable or ("" if results else trouble), "coverage": _coverage(subject)}


def _result(story: dict[str, Any], folder: Path) -> dict[str, Any]:
    """One story; without a title it is what is wrong with the file. Where the files lay meanwhile is nobody's business."""
    failure = str(story.get("failure") or "").replace(f"{folder}/", "")[:MOST_SAID]
    return {"title": str(story.get("story") or ""), "passed": bool(story["passed"]), "failure": failure}


def _coverage(subject: RegimeVersion | RegimeDraft) -> dict[str, Any]:
    """The tally of the pack's inventory, where this is the pack's own text."""
    file = packs().get(subject.regime)
    if file is None or not (file.parent / "coverage.yaml").is_file() or file.read_text(encoding="utf-8") != subject.source:
        return {}
    said, _trouble = _command("coverage", subject.regime)
    reports = said if isinstance(said, list) else []
    return {"inventory": reports[0]["inventory"], **reports[0]["facts"]} if reports else {}


def _command(*words: str) -> tuple[Any, str]:
    """What `huiyin regime …` says as JSON, and what it complains of. It may take a minute and a gigabyte, not more."""
    import huiyin

    environment = {**os.environ, "PYTHONPATH": str(Path(huiyin.__file__).parents[1]), "LANG": "C.UTF-8"}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "huiyin.cli", "regime", *words, "--json"],
            capture_output=True, text=True, encoding="utf-8", timeout=SECONDS, env=environment, check=False, preexec_fn=_bounded,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return None, f"情景演了{SECONDS}秒还没有演完，已停止。"
    try:
        return json.loads(done.stdout), done.stderr[:MOST_SAID]
    except ValueError:
        return None, done.stderr[:MOST_SAID] or "情景没有演成。"


def _bounded() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_DATA, (MEGABYTES * 2**20, MEGABYTES * 2**20))
