"""Plans: read, checked, published, split, reported on."""
