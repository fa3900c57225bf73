"""Whether a promise can be put to units one by one as it stands: by its own sentence, not by the card that would count it."""

from __future__ import annotations

import re

from xiangxu.model.plan import Op

# The sentence speaks of each of several, or of all.
_EACH = re.compile(r"各|每[所个处家校园镇乡]|所有|全部|全体|全覆盖|普遍|均|逐[校园镇]|一[校园镇]一")
# It says what persons do, or one office: with these a clause begins. A body or a place that is called after persons is none.
_BEGINS = r"(?:^|[，；：])(?:[一二三四五六]是)?"
_PERSONS = r"(?:教研员|(?:骨干|专任|专职|全体|乡村)?教师|班主任|校长|园长|干部|党员|学生|儿童|家长|专家|志愿者)"
_CALLED_AFTER = r"(?!学校|委员会|社团|工作[室站]|食堂|宿舍|公寓|之家|关爱室|成长)"
_OFFICE = r"[省市县区]?(?:人民)?政府|[省市县区]?(?:教育局|教体局|教育和体育局|教育体育局)"
_OTHERS = re.compile(rf"每[人名位生班]|{_BEGINS}(?:{_PERSONS}{_CALLED_AFTER}|{_OFFICE})")


def asks_each_unit(quote: str, op: Op) -> bool:
    """Whether the sentence asks something of each of several units. Not where it says what persons or one office do, and not where
    something is to be done once and nothing is said of all: sixty schools could not answer that.

    >>> asks_each_unit("各乡村学校均成立安全保卫科", Op.ALL), asks_each_unit("建立家长委员会", Op.DONE)
    (True, False)
    >>> asks_each_unit("教研员每人定点联系2所乡村学校", Op.EQ), asks_each_unit("县政府把乡村教育纳入总体规划", Op.ALL)
    (False, False)
    """
    return _OTHERS.search(quote) is None and (op is not Op.DONE or _EACH.search(quote) is not None)
