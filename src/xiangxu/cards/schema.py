"""The JSON Schema of every kind of card, made from the models: for editors that check while one types, and for our messages."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from xiangxu.cards.kinds import KIND_NAMES, KINDS


@cache
def schema_of(kind: str) -> dict[str, Any]:
    """The schema of one kind, draft 2020-12. An override in a lower layer may leave out what stands above it."""
    schema = KINDS[kind].model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"{kind} {KIND_NAMES[kind]}", **_untitled(schema)}


def _untitled(schema: dict[str, Any]) -> dict[str, Any]:
    # The models' class names are no help to somebody who writes a card.
    return {key: value for key, value in schema.items() if key != "title"}


def fields_at(kind: str, path: Iterable[str | int]) -> list[str]:
    """The fields that are allowed at a place of a card; none where the place takes any or no fields.

    >>> fields_at("theme", ("title",))
    ['zh', 'en']
    """
    schema = schema_of(kind)
    places = [schema]
    for step in path:
        places = [inner for place in places for inner in _step(_resolved(place, schema), step, schema)]
    return [name for place in places for choice in _resolved(place, schema) for name in choice.get("properties", {})]


def _resolved(place: dict[str, Any], schema: dict[str, Any]) -> list[dict[str, Any]]:
    if "$ref" in place:
        return _resolved(schema["$defs"][place["$ref"].rsplit("/", 1)[-1]], schema)
    if "anyOf" in place:
        return [choice for option in place["anyOf"] for choice in _resolved(option, schema)]
    return [place]


def _step(places: list[dict[str, Any]], step: str | int, schema: dict[str, Any]) -> list[dict[str, Any]]:
    found = []
    for place in places:
        if isinstance(step, int):
            found += [place["items"]] if isinstance(place.get("items"), dict) else []
        elif step in place.get("properties", {}):
            found.append(place["properties"][step])
        elif isinstance(place.get("additionalProperties"), dict):
            found.append(place["additionalProperties"])
    return found
