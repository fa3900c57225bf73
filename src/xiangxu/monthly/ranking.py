"""The order of towns, where the county wants one."""

from __future__ import annotations

from collections.abc import Iterator

from xiangxu.monthly.content import Block, Kind, Span, TableColumn, TableRows
from xiangxu.monthly.state import PlanState, Standing
from xiangxu.monthly.wording import heading

_COLUMNS = (
    TableColumn("位次", 20, "center"),
    TableColumn("单位", 56),
    TableColumn("任务数", 26, "center"),
    TableColumn("已完成", 26, "center"),
    TableColumn("完成率", 28, "center"),
)


def ranking(state: PlanState) -> Iterator[Block]:
    """A table of the towns by share of tasks done; equals share a place, who has no figures has none. Nothing unless switched on."""
    if not state.ranking or not state.standings:
        return
    ordered = sorted(state.standings, key=_order)
    shares = [_share(standing) for standing in ordered]
    rows = []
    for standing, share in zip(ordered, shares, strict=True):
        place = None if share is None else str(1 + shares.index(share))
        text = None if share is None else f"{share:.1f}%"
        rows.append((place, standing.unit, _count(standing.of), _count(standing.done), text))
    yield heading("ranking", "进度排名")
    table = TableRows(_COLUMNS, tuple(rows), tuple(standing.unit for standing in ordered))
    yield Block("ranking", Kind.TABLE, (Span("各单位任务完成情况"),), table=table)


def _share(standing: Standing) -> float | None:
    if standing.done is None or not standing.of:
        return None
    return 100 * standing.done / standing.of


def _order(standing: Standing) -> tuple[bool, float]:
    share = _share(standing)
    return share is None, -(share or 0.0)


def _count(number: int | None) -> str | None:
    return None if number is None else str(number)
