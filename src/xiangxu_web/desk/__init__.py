"""Pages that show several workspaces: the start page of each role, search."""
