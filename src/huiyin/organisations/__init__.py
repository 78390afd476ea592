"""Organisations: their tree of units, staff and posts, working time, and the regimes they have put in force."""
