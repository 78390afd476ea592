"""Long work as jobs: asked for on a page, run by a worker in small steps, seen, cancelled, and carried on after a restart."""
