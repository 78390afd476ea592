"""Projections as answers of the interface: what is hidden from the caller is left out here and nowhere else."""
