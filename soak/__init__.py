"""Trials by force: workers killed under load (`make soak`), hosts cut off (`make hosts`), the container image (`make containers`)."""
