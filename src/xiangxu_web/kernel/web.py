"""The request as our pages see it: with the acting post, what htmx says, and the keys that a form or an address names."""

from __future__ import annotations

import re

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django_htmx.middleware import HtmxDetails

from xiangxu_web.kernel.actor import Actor

# No key and no edition is longer; what is longer would not fit into a column.
_NUMBER = re.compile(r"[0-9]{1,18}")


class Request(HttpRequest):
    """A request of somebody who signed in. ``actor`` is None where the person holds no post now."""

    actor: Actor
    htmx: HtmxDetails
    name: str


def number_in(words: str) -> int | None:
    """The key or edition that a form or an address names; None where the words name none, as in an address typed by hand."""
    return int(words) if _NUMBER.fullmatch(words) else None


def keys_in(given: MultiValueDict[str, str], name: str) -> list[int]:
    """The rows that were ticked; what names none is passed over."""
    return [key for words in given.getlist(name) if (key := number_in(words)) is not None]
