"""Changes that cross workspaces."""
