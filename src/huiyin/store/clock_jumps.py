"""Whether the machine's clock can be trusted, as far as the workers noticed (`huiyin.application.heartbeat`)."""

from .models import ClockJumpRow


def clock_is_doubtful() -> bool:
    """Whether a clock has jumped forward and nobody has taken note: then nothing may fall due, be sealed or cleared away."""
    unseen = ClockJumpRow.objects.filter(seen_by="").values_list("shown", "expected")
    return any(shown > expected for shown, expected in unseen)
