"""The pages of people, posts and signing in."""
