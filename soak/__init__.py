"""Long trials by force: workers killed at random moments under load. `make soak`."""
