"""Bulletins: drafted, changed by people, issued, frozen."""
