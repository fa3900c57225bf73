"""The chain: the exact bytes of a row, and the digest that binds it to the row before.

**Canonical bytes of a row**: UTF-8 of one JSON list without blanks, characters not escaped, keys of objects sorted, holding in this order

    id, at, person_id, post_id, unit_id, area_path, acting_for, link_id, job_id, verb, table, row_key, fields, facts, request_id

``at`` is text in UTC to the microsecond, ``2026-11-20T01:02:03.000004Z``; ``job_id`` is text with strokes; what is not set is ``null``.

**Digest**: the hexadecimal SHA-256 of the digest before (64 ASCII characters; of the first row: 64 zeros), a line feed, and these bytes.
``position`` is not hashed: it follows from the order of the chain, and so a row in a wrong place can be told from a changed row.

Whoever has the table can recompute the chain with any tool; a test keeps a row and its digest as text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

CONTENT = (
    "id",
    "at",
    "person_id",
    "post_id",
    "unit_id",
    "area_path",
    "acting_for",
    "link_id",
    "job_id",
    "verb",
    "table",
    "row_key",
    "fields",
    "facts",
    "request_id",
)
_AT, _JOB = CONTENT.index("at"), CONTENT.index("job_id")
GENESIS = "0" * 64

# One encoder for all rows: json.dumps with these settings would make a new one each time.
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False).encode


def moment(at: datetime) -> str:
    """A moment as it stands in the canonical bytes."""
    # The database answers in UTC; to reckon every row over to what it is already takes as long as its hash.
    told = at if at.tzinfo is UTC else at.astimezone(UTC)
    return told.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def canonical(content: Sequence[Any]) -> bytes:
    """The bytes of a row, given the values of ``CONTENT`` in order."""
    values = list(content)
    values[_AT] = moment(values[_AT])
    if values[_JOB] is not None:
        values[_JOB] = str(values[_JOB])
    return _encode(values).encode()


def digest(previous: str, content: Sequence[Any]) -> str:
    """The digest of a row that follows the digest ``previous``."""
    return sha256(previous.encode("ascii") + b"\n" + canonical(content)).hexdigest()


def linked(previous: str, rows: Iterable[Sequence[Any]]) -> Iterable[tuple[str, str]]:
    """Row by row: the digest before and the row's own."""
    for content in rows:
        own = digest(previous, content)
        yield previous, own
        previous = own
