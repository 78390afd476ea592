"""What a regime keeps secret of every filing, whatever it is about: said before anybody writes down a name."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from huiyin.regime.model import Confidentiality, Regime


@dataclass(frozen=True, slots=True)
class Secret:
    """One rule of confidentiality in words: its title, what it keeps from whom, its articles."""

    title: str
    sentence: str
    cite: tuple[str, ...]


def secrets_of(regime: Regime) -> list[Secret]:
    """Rules that hold for every case. Those that hang on a condition are not promised beforehand."""
    return [Secret(rule.title, _sentence(regime, rule), rule.cite) for rule in regime.confidentiality.values() if rule.when is None]


def _sentence(regime: Regime, rule: Confidentiality) -> str:
    parts = []
    if rule.hide:
        what, who = (_("、").join(each) for each in (_hidden(regime, rule), _roles(regime, rule.hidden_from)))
        parts.append(
            _("%(what)s不给%(who)s看") % {"what": what, "who": who} if who else _("%(what)s只给需要的人看") % {"what": what}
        )
    if rule.see:
        parts.append(_("只有首接人和%(who)s能看这件事") % {"who": _("、").join(_roles(regime, rule.see))})
    return _("；").join(parts)


def _roles(regime: Regime, roles: tuple[str, ...]) -> list[str]:
    return [regime.role_title(role) for role in roles]


def _hidden(regime: Regime, rule: Confidentiality) -> list[str]:
    words = {
        "complainant": _("您的姓名和联系方式"),
        "respondent": _("被反映的人"),
        "matter": _("您写的内容"),
        "evidence": _("您交的材料"),
    }
    fields = {f"matter.{name}": f"“{field.title}”" for name, field in regime.intake.fields.items()}
    return [words.get(path) or fields[path] for path in rule.hide if path in words or path in fields]
