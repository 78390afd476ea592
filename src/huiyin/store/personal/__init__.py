"""Personal data: sealed in the database, masked on screen, found by blind index."""
