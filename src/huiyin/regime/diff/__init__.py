"""Two versions of a regime compared, in Chinese sentences. Pure."""

from .comparing import Change, compare, said

__all__ = ["Change", "compare", "said"]
