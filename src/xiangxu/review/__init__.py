"""Looks things over before anybody relies on them: packs with their formulas and references."""
