"""The regular revision of a regime (制度定期修订) as a duty: looked at again, and revised or left as it is.

It is done by publishing a new version, which the system then notes, or by saying that nothing has to change.
"""

from huiyin.regime.model import Duty, Regime
from huiyin.regime.vocabulary import REVISION

from .frame import words


def reviewers(regime: Regime) -> tuple[str, ...]:
    """Who looks at the regime again: those it names, else those who approve of its versions first; nobody where neither is said."""
    governance = regime.governance
    if governance.revised_by or not governance.approval:
        return governance.revised_by
    first = regime.approvals[governance.approval].stages[0]
    return first.by or first.all_of


def revision_duty(regime: Regime) -> Duty | None:
    """The duty, where the regime is revised regularly and somebody is named who does it."""
    roles = reviewers(regime)
    if not regime.governance.revise_every or not roles:
        return None
    return Duty(
        id=REVISION,
        title="修订制度",
        by=(*roles, "system"),
        fields={"review": words("review", "审核意见")},
        required=("review",),
        note="发布新版本即告完成；经审核不作修改的，写明审核意见。",
    )
