"""Tests of the look: components, frame, words."""
