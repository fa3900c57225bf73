"""How a contradiction is told: what does not agree, and that a person must settle it."""

from __future__ import annotations

from xiangxu.model.reason import Reason
from xiangxu.model.reason import gettext_noop as _


def to_be_settled(said: Reason) -> Reason:
    """What a contradiction says, with what to do about it."""
    return Reason(_("%(said)s，请核对以哪一处为准。"), said=said)


def said_alone(message: str) -> str:
    """The message without what to do, where that is told otherwise."""
    said = message.figures["said"] if isinstance(message, Reason) else message
    return said if isinstance(said, str) else message
