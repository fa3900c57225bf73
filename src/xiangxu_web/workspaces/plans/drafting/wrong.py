"""Why a correction cannot be applied."""


class WrongCorrection(ValueError):
    """A correction that cannot be applied: which row or field, and what to write instead."""
