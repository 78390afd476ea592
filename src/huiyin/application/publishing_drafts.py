"""Publishing a draft: not while the version takes open cases along and one of them would be left without a next step."""

from datetime import date

from huiyin.organisations.drafts import DraftRefusedError, check_text, publish_draft
from huiyin.organisations.models import RegimeDraft, RegimeVersion, Staff

from .moving_cases import stranded_by
from .revisions import version_published
from .world import World

MOST_NAMED = 20


def publish(
    world: World, draft: RegimeDraft, *, by: Staff, effective_on: date, reason: str, announcement: str, edition: int
) -> RegimeVersion:
    """Publish a draft; see `huiyin.organisations.drafts.publish_draft`.

    Raises:
        DraftRefusedError: as there; or `governance.open_cases` is `move` and open cases cannot go on under it, which are
            named.
    """
    regime = check_text(draft.source, draft.answers).report.regime
    if by.administrator and regime is not None and regime.governance.open_cases == "move":
        stranded = stranded_by(world, regime, by)
        if stranded:
            named = "；".join(f"{each['number'] or '一件'}（{each['why']}）" for each in stranded[:MOST_NAMED])
            rest = "等" if len(stranded) > MOST_NAMED else ""
            raise DraftRefusedError("", f"在办案件要改用这一版，其中{len(stranded)}件改用后办不下去：{named}{rest}。请改好再发布。")
    version = publish_draft(
        draft,
        by=by,
        effective_on=effective_on,
        reason=reason,
        announcement=announcement,
        today=world.today,
        edition=edition,
    )
    version_published(world, version.regime)
    return version
