"""When a case needs the clock again."""

from .passing_time import attention_at

__all__ = ["attention_at"]
