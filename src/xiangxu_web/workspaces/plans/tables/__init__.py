"""The tables of plans, by matter."""
