"""Pages of areas and units."""
