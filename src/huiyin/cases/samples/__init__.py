"""Samples of a case: taken, sealed, handed on, coded, tested by several, compared. What a regime says of them: `SampleKind`."""
