"""Tests of people, posts and signing in."""
