"""Make a compiled regime from its file: names resolved, conditions compiled, everything a rule needs within reach."""

from .assemble import compile_regime
from .desk import Desk

__all__ = ["Desk", "compile_regime"]
