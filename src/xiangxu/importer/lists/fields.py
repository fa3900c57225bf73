"""Which columns of a task list give which field of a task.

The form has two places for names: `project`, the outer one, and `action`, the inner. A list with one column of names gives
projects; of several the innermost two count, and a group row above the rows stands for an outer one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from xiangxu.importer.layout.column_names import Role
from xiangxu.importer.lists.header import Column

# Of several columns of dates the one by which the work is done.
_FINAL_DATE = re.compile(r"完成|办结|竣工|结束|时限|期限|建成")


@dataclass(frozen=True, slots=True)
class Fields:
    """The indices of the columns that make up each field; `others` is every column that has no field of its own."""

    no: int | None
    names: tuple[int, ...]
    goal: tuple[int, ...]
    measure: tuple[int, ...]
    due: int | None
    lead: tuple[int, ...]
    participants: tuple[int, ...]
    undivided: bool
    others: tuple[int, ...]

    @property
    def texts(self) -> tuple[int, ...]:
        """The columns of which a task must fill at least one."""
        return (*self.names, *self.measure, *self.goal)


def fields_of(columns: Sequence[Column]) -> Fields:
    """The fields of a task list with these columns."""
    roles = _settle([c.role for c in columns], columns)
    at: dict[Role, list[int]] = {role: [] for role in Role}
    for k, role in enumerate(roles):
        at[role].append(k)
    names = at[Role.NAME]
    dates = at[Role.DUE]
    due = next((k for k in dates if _FINAL_DATE.search(columns[k].name)), dates[-1]) if dates else None
    owners, lead, participants = at[Role.OWNERS], at[Role.LEAD], at[Role.PARTICIPANTS]
    undivided = bool(owners) and not lead and not participants
    if lead:
        participants = sorted([*participants, *owners])
    else:
        # 责任单位 beside 配合单位 leads; alone it is not divided.
        lead = owners
    used = {
        *at[Role.NO][:1],
        *names[-2:],
        *at[Role.GOAL],
        *at[Role.MEASURE],
        *lead,
        *participants,
        *([] if due is None else [due]),
    }
    # 责任科室 is kept by its name too: the office wants it as a column again.
    others = tuple(k for k in range(len(columns)) if k not in used or columns[k].role is Role.OFFICE)
    return Fields(
        no=at[Role.NO][0] if at[Role.NO] else None,
        names=tuple(names[-2:]),
        goal=tuple(at[Role.GOAL]),
        measure=tuple(at[Role.MEASURE]),
        due=due,
        lead=tuple(lead),
        participants=tuple(participants),
        undivided=undivided,
        others=others,
    )


def _settle(roles: Sequence[Role], columns: Sequence[Column]) -> list[Role]:
    """The roles that a task list knows, where a name has several meanings decided by the other columns and the content."""
    found = list(roles)
    bureau_leads = Role.LEAD in roles or any(
        r is Role.OWNERS and c.profile.bureaus > 0.3 for r, c in zip(roles, columns, strict=True)
    )
    for k, (role, column) in enumerate(zip(roles, columns, strict=True)):
        profile = column.profile
        if role is Role.OFFICE:
            # Under a bureau that leads, its 科室 is its own affair; in the bureau's own list, beside schools or alone, it answers.
            found[k] = Role.OTHER if bureau_leads else Role.OWNERS
        elif role is Role.UOM:
            found[k] = Role.OWNERS if profile.units > 0.5 else Role.OTHER
        elif role in (Role.INDICATOR, Role.TARGET, Role.YEAR):
            found[k] = Role.GOAL if profile.is_text else Role.OTHER
        elif role is Role.FOREIGN and profile.is_text and Role.NAME not in roles and column.name.startswith(("学校", "单位")):
            found[k] = Role.NAME
        elif role in (Role.KIND, Role.BASELINE, Role.FOREIGN):
            found[k] = Role.OTHER
    measures = [k for k, r in enumerate(found) if r is Role.MEASURE]
    names = [k for k, r in enumerate(found) if r is Role.NAME]
    if not measures and names and columns[names[-1]].profile.is_long:
        # 工作任务 with whole sentences in it: the text of the task, not its name.
        found[names[-1]] = Role.MEASURE
    elif len(measures) > 1 and len(names) < 2 and not columns[measures[0]].profile.is_long:
        # 主要任务 before 具体措施, in a few words: a name.
        found[measures[0]] = Role.NAME
    return found
