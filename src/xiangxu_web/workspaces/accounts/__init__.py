"""People, posts, signing in."""
