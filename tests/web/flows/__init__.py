"""Tests of what crosses workspaces."""
