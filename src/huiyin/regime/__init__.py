"""The rule book: read a regime from YAML, check it, compile it. Pure: no clock, no database, no web."""

from .loading import check, load
from .model import Regime
from .packs import pack_titles, packs
from .problems import Problem, RegimeErrors, Report, Severity
from .show import describe

__all__ = ["Problem", "Regime", "RegimeErrors", "Report", "Severity", "check", "describe", "load", "pack_titles", "packs"]
