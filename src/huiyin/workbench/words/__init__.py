"""Times, people, articles and states in people's words."""
