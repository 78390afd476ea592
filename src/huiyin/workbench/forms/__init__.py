"""Forms made from the regime: what a step, an act, an approval or the intake asks for. Whether it fits, the core says."""
