"""Areas, units and schools."""
