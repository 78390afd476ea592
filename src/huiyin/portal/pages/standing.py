"""How a regime stands among others: who interprets it, what it rests on, what fills its gaps, what it replaces."""

from django.utils.translation import gettext as _

from huiyin.regime.model import Regime


def standing_of(regime: Regime) -> list[tuple[str, str]]:
    """Title and words of everything its governance says that a reader goes by; nothing for what it leaves open."""
    told = regime.governance
    announced = [regime.role_title(role) for role in told.announce_to]
    rows = [
        (_("文号"), told.document_number),
        (_("依据"), "、".join(told.basis)),
        (_("没有规定的"), told.gaps),
        (_("由本制度代替的"), told.overrides),
        (_("修改后告知"), "、".join(announced)),
        (_("解释"), told.interpretation),
        (_("印发份数"), str(told.copies) if told.copies else ""),
        (_("抄送"), "、".join(regime.role_title(role) for role in told.copies_to)),
    ]
    return [(title, words) for title, words in rows if words]
