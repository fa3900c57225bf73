"""YAML read strictly, with the line of every field.

YAML means more than it shows: `no: 1` has the key False, `2014-07-01` becomes a date, `1:30` ninety, `0755` 493, a key given twice
silently counts once. Here only `true`, `false`, `null`, whole and decimal numbers are other than text; dates stay text; keys are
text and stand once; anchors and own types are refused, since a card must read the same to a person and to the machine.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from xiangxu.cards.faults import Fault, dotted

Data = dict[str, Any]
Step = str | int

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BOOLEAN, _NULL, _INTEGER, _DECIMAL = (f"tag:yaml.org,2002:{name}" for name in ("bool", "null", "int", "float"))


class _Loader(_LOADER):  # type: ignore[misc]
    """PyYAML's fast loader, with our own idea of what is not text."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012


_Loader.add_implicit_resolver(_BOOLEAN, re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver(_NULL, re.compile(r"^(?:~|null|)$"), ["~", "n", ""])
_Loader.add_implicit_resolver(_INTEGER, re.compile(r"^[-+]?(?:0|[1-9][0-9]*)$"), list("-+0123456789"))
_Loader.add_implicit_resolver(_DECIMAL, re.compile(r"^[-+]?(?:0|[1-9][0-9]*)\.[0-9]+$"), list("-+0123456789"))

_VALUES: dict[str, Callable[[str], Any]] = {
    _BOOLEAN: lambda text: text == "true",
    _NULL: lambda text: None,
    _INTEGER: int,
    _DECIMAL: float,
}
_PLAIN = {"tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq", *_VALUES}


@dataclass(frozen=True, slots=True)
class Lines:
    """The line of each field of a file, by its path; a path that is not written has the line of what is around it."""

    by_path: Mapping[tuple[Step, ...], int] = field(default_factory=dict)

    def of(self, path: tuple[Step, ...]) -> int:
        """The line where `path` stands, or its nearest surroundings."""
        while path:
            if path in self.by_path:
                return self.by_path[path]
            path = path[:-1]
        return 1

    def holds(self, path: tuple[Step, ...]) -> bool:
        """Whether the file writes this field itself."""
        return path in self.by_path


@dataclass(frozen=True, slots=True)
class Sheet:
    """A YAML file as plain data. `faults`: why it cannot be used; `data` is empty where it could not be read at all."""

    path: Path
    data: Data
    lines: Lines
    faults: tuple[Fault, ...] = ()


def read(path: Path) -> Sheet:
    """The file's content; refused with a fault: not UTF-8, not YAML, not one mapping, a key twice, anchors, own types."""
    try:
        return parse(path.read_text(encoding="utf-8-sig"), path)
    except UnicodeDecodeError:
        return _refused(path, 1, "文件不是 UTF-8 编码", "请另存为 UTF-8")


def parse(text: str, path: Path) -> Sheet:
    """The same for text that stands, or will stand, in `path`."""
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if "alias" in str(error.problem):
            return _refused(path, mark.line + 1 if mark else 1, "引用了锚点（*）", "请把内容写全，不用引用")
        return _refused(
            path,
            mark.line + 1 if mark else 1,
            "这里不是正确的 YAML",
            "看看缩进是否对齐、冒号后有没有空格、括号和引号是否成对；含有“: ”“#”或以 *、&、%、@、`、> 开头的文字要加引号",
        )
    except yaml.YAMLError:
        return _refused(path, 1, "文件里有 YAML 不能有的字符", "请用纯文本编辑器重新录入")
    if node is None:
        return _refused(path, 1, "文件是空的", "第一行写 kind: …")
    if not isinstance(node, yaml.MappingNode):
        return _refused(path, 1, "卡片应当是“字段: 值”的列表", "第一行写 kind: …，每个字段一行")
    builder = _Builder(path)
    data = builder.value(node, ())
    return Sheet(path, data, Lines(builder.lines), tuple(builder.faults))


def _refused(path: Path, line: int, wrong: str, remedy: str) -> Sheet:
    return Sheet(path, {}, Lines(), (Fault(path, line, "", wrong, remedy),))


class _Builder:
    """Turns YAML's nodes into plain data, keeping lines and noting what is refused."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines: dict[tuple[Step, ...], int] = {}
        self.faults: list[Fault] = []
        self._seen: set[int] = set()

    def value(self, node: yaml.Node, path: tuple[Step, ...]) -> Any:
        if id(node) in self._seen:
            self._fault(node, path, "引用了锚点（*）", "请把内容写全，不用引用")
            return None
        self._seen.add(id(node))
        if node.tag not in _PLAIN:
            self._fault(node, path, f"不能用类型标记 {node.tag.replace('tag:yaml.org,2002:', '!!')}", "去掉“!”开头的标记")
            return None
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self._item(child, (*path, position)) for position, child in enumerate(node.value)]
        return _VALUES[node.tag](node.value) if node.tag in _VALUES else node.value

    def _item(self, node: yaml.Node, path: tuple[Step, ...]) -> Any:
        self.lines[path] = node.start_mark.line + 1
        return self.value(node, path)

    def _mapping(self, node: yaml.MappingNode, path: tuple[Step, ...]) -> Data:
        data: Data = {}
        for key, child in node.value:
            if key.tag != "tag:yaml.org,2002:str":
                self._fault(key, path, f"字段名“{getattr(key, 'value', '')}”不是文字", "字段名要是文字；数字请加引号")
                continue
            here = (*path, key.value)
            if key.value in data:
                first = self.lines[here]
                self._fault(key, here, f"字段“{key.value}”写了两次（第 {first} 行已有）", "只留一个；要几个值请写成列表")
                continue
            self.lines[here] = key.start_mark.line + 1
            data[key.value] = self.value(child, here)
        return data

    def _fault(self, node: yaml.Node, path: tuple[Step, ...], wrong: str, remedy: str) -> None:
        self.faults.append(Fault(self.path, node.start_mark.line + 1, dotted(path), wrong, remedy))
