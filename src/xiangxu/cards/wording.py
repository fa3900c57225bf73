"""What a model refuses, said in the clerk's words: no message of the library behind the models reaches a person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from xiangxu.cards.faults import did_you_mean
from xiangxu.cards.schema import fields_at

Step = str | int

# What the models expect, by the library's name of the mistake → what it should be, and how to write it.
_SHOULD_BE = {
    "string_type": ("文字", "写成文字；数字、日期当文字用时加引号"),
    "bool_type": ("是或否", "写 true 或 false，不加引号"),
    "int_type": ("整数", "写成整数，不加引号"),
    "float_type": ("数", "写成数，不加引号、不带单位"),
    "tuple_type": ("列表", "写成 [甲, 乙]，或每项一行、前面加“- ”"),
    "list_type": ("列表", "写成 [甲, 乙]，或每项一行、前面加“- ”"),
    "mapping_type": ("“字段: 值”", "每行写一个“字段: 值”，缩进对齐"),
    "dict_type": ("“字段: 值”", "每行写一个“字段: 值”，缩进对齐"),
    "model_type": ("“字段: 值”", "每行写一个“字段: 值”，缩进对齐"),
    "model_attributes_type": ("“字段: 值”", "每行写一个“字段: 值”，缩进对齐"),
}
_CELL = ("文字、数、true、false 或 null", "一格只放一个值")
# The alternatives of a cell's value, as they stand at the end of the path of a mistake.
_ALTERNATIVES = {"str", "bool", "int", "float", "function-after[_written(), str]"}

Wording = tuple[tuple[Step, ...], str, str]


def worded(kind: str, data: dict[str, Any], problem: ValidationError) -> Iterator[Wording]:
    """Every mistake as its path, what is wrong and what to write instead; one for each place."""
    errors = problem.errors(include_url=False)
    inner = {tuple(error["loc"][:length]) for error in errors for length in range(len(error["loc"]))}
    told: set[tuple[Step, ...]] = set()
    for error in errors:
        path = _written_path((*error["loc"], *error.get("ctx", {}).get("way", ())), data)
        if error["type"] == "too_short" and tuple(error["loc"]) in inner:
            continue  # the list is short only because its items were refused, which is told already
        if path in told and error["type"] != "card":
            continue
        told.add(path)
        yield (path, *_told(kind, path, error, data))


def _written_path(path: tuple[Step, ...], data: Any) -> tuple[Step, ...]:
    """The path as it stands in the file: without the library's alternatives, and without the index of a lone item.

    A source may stand alone or in a list; a lone one is no item of a list in the file.
    """
    steps: list[Step] = []
    for step in path:
        if isinstance(data, dict) and isinstance(step, int):
            continue
        if not isinstance(data, dict | list) and (step in _ALTERNATIVES or isinstance(step, int)):
            continue
        if isinstance(data, list) and isinstance(step, str):
            continue
        steps.append(step)
        if isinstance(data, dict):
            data = data.get(str(step))
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
    while steps and steps[-1] in _ALTERNATIVES:
        steps.pop()
    return tuple(steps)


def _told(kind: str, path: tuple[Step, ...], error: Any, data: Any) -> tuple[str, str]:
    name = path[-1] if path else "卡片"
    context = error.get("ctx", {})
    match error["type"]:
        case "card":
            return context["wrong"], context["remedy"]
        case "missing":
            return f"缺少“{name}”", "这一项必须写"
        case "extra_forbidden":
            known = [field for field in fields_at(kind, path[:-1]) if not _holds(data, path[:-1], field)]
            return f"没有“{name}”这个字段", did_you_mean(str(name), known, "字段")
        case "too_short":
            return f"“{name}”是空的", "至少写一项"
        case "literal_error":
            return f"“{name}”应是 {context['expected']}", "照此改正"
    if error["loc"] and error["loc"][-1] in _ALTERNATIVES:
        should, remedy = _CELL
    else:
        should, remedy = _SHOULD_BE.get(error["type"], ("另一种写法", "对照同类卡片的写法改正"))
    return f"“{name}”应是{should}，现在是{_called(error['input'])}", remedy


def _holds(data: Any, path: tuple[Step, ...], field: str) -> bool:
    for step in path:
        data = data[step]
    return isinstance(data, dict) and field in data


def _called(value: Any) -> str:
    if value is None:
        return "空（null）"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "“字段: 值”"
    if isinstance(value, list | tuple):
        return "列表"
    return f"“{value}”" if isinstance(value, str) else f"数 {value}"
