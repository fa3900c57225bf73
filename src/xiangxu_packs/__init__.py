"""Policy as data: packs of YAML cards, national first, a place last. There is no code in this package."""
