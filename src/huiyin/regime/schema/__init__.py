"""The form of a regime file: which keys may stand where, and what values they take.

The models check form only; whether names exist and rules make sense is found when the file is compiled.
"""

from .form import read_form
from .regime import RegimeFile

__all__ = ["RegimeFile", "read_form"]
