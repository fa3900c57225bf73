"""Pages of areas, units and schools."""
