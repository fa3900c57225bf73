"""What must hold of a card's file before its body is looked at: kind, id, name of the file, and what the layer asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xiangxu.cards.faults import Fault, did_you_mean, dotted
from xiangxu.cards.kinds import KINDS, PLACE_FILE, PLAN_FILES
from xiangxu.cards.layers import NATION
from xiangxu.cards.merge import Written
from xiangxu.cards.strict_yaml import Data

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def head_faults(written: Written) -> Iterator[Fault]:
    """Faults that leave nothing to check: no kind, an unknown kind, no id, an id that is no id or not the file's name."""
    data, path, lines = written.sheet.data, written.sheet.path, written.sheet.lines
    kind, id = data.get("kind"), data.get("id")
    if not isinstance(kind, str):
        yield Fault(path, lines.of(("kind",)), "kind", "没有写明卡片的种类", "第一行写 kind: …，可用：" + "、".join(KINDS))
        return
    if kind not in KINDS:
        yield Fault(path, lines.of(("kind",)), "kind", f"没有“{kind}”这种卡片", did_you_mean(kind, KINDS, "种类"))
        return
    if not isinstance(id, str):
        yield Fault(path, lines.of(("id",)), "id", "没有写明标识，或标识不是文字", f"写上 id: {_expected(written) or path.stem}")
        return
    if not _ID.fullmatch(id):
        yield Fault(path, lines.of(("id",)), "id", f"“{id}”不能作标识", "用小写英文、数字和连字符，如 rural-school-share")
        return
    yield from _name_faults(written, kind, id)


def _expected(written: Written) -> str:
    """The id that a file of a plan's pack must have; empty for other kinds."""
    if written.kind in PLAN_FILES or written.kind == "place":
        return f"{written.layer.name}-{written.kind}"
    return ""


def _name_faults(written: Written, kind: str, id: str) -> Iterator[Fault]:
    path, line = written.sheet.path, written.sheet.lines.of(("id",))
    expected = _expected(written)
    if expected and id != expected:
        yield Fault(path, line, "id", f"“{id}”不是这个文件夹的 {kind} 卡片的标识", f"标识写成 {expected}")
    name = PLACE_FILE if kind == "place" else PLAN_FILES.get(kind, f"{id}.yaml")
    if path.name != name:
        yield Fault(
            path, line, "id", f"文件名 {path.name} 与{'种类' if expected else '标识'}不合", f"文件改名为 {name}，或改正标识"
        )


def layer_faults(written: Written) -> Iterator[Fault]:
    """What the layer asks for: English beside all Chinese words in the national pack, plans only in the folder of a place."""
    path, lines = written.sheet.path, written.sheet.lines
    for way in _without_english(written.sheet.data) if written.layer.name == NATION else ():
        remedy = f"写成 {way[-1]}: {{zh: …, en: …}}"
        yield Fault(path, lines.of(way), dotted((*way, "en")), "全国层的卡片，给人看的话要有英文", remedy)
    if written.kind in PLAN_FILES and written.layer.tier in {"nation"}:
        yield Fault(path, lines.of(("kind",)), "kind", "方案不能放在全国层", "移到 <省>/plans/<地方>/ 文件夹")


def _without_english(data: Data, way: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The ways to words that are there in Chinese only."""
    for key, value in data.items():
        if isinstance(value, dict):
            if "zh" in value and value.get("en") is None:
                yield (*way, str(key))
            yield from _without_english(value, (*way, str(key)))
