"""Measure words: what a figure counts, and what kind of figure that makes it.

The kinds matter because Chinese states very different things in the form number + measure word: a count that can be promised
(10个基地), how often (每学期2次), how much money, a size that only describes (200米跑道), a span of time (2年以上经历).
The vocabulary is closed: a number before any other word is not read as a quantity.
"""

from __future__ import annotations

import re
from enum import Enum


class Kind(Enum):
    """What sort of figure a measure word makes."""

    THING = "thing"
    """A countable thing, person or place: 所, 名, 处. Even 一所 is a promise where each member of a group gets one."""
    VAGUE = "vague"
    """A classifier that also bundles ideas: 个, 项, 条 (三项制度, 四个意识). In Han numerals these are mostly figures of speech."""
    TIMES = "times"
    """How often or how long something is taught or done: 次, 节, 课时."""
    MONEY = "money"
    SIZE = "size"
    """Length, area, weight, bandwidth: a promise only under a comparison (不小于3.5平方米), otherwise a description."""
    SPAN = "span"
    """A stretch of time, an age or a score: a promise only under a comparison, otherwise a date, a period or a description."""
    SHARE = "share"
    """Per cent, per mille and percentage points."""


_WORDS: dict[Kind, str] = {
    # Schools and institutions, persons, rooms, furniture, groups, vehicles, works, rounds of training, cases: what offices count.
    Kind.THING: "所 处 名 家 间 套 张 门 座 栋 幢 台 部 辆 支 册 本 件 组 对 户 人 人次 人份 场 场次 期 份 篇 首 幅 株 棵 架 副 "
    "盏 块 片 例 起 宗 笔 轮 届 堂 学位 床位 餐位 班次 批次 校次 台套 台件 台（套） 台/套 件套 封 枚 字 车次",
    Kind.VAGUE: "个 项 条 批 种 类 位",
    Kind.TIMES: "次 节 课时 学时 小时 学分 分钟 趟 所次 遍",
    Kind.MONEY: "元 美元",
    Kind.SIZE: "平方米 平米 ㎡ 亩 公顷 平方公里 公里 千米 km 米 厘米 立方米 吨 千克 公斤 千瓦 千瓦时 兆 M Mbps Gbps 勒克斯 分贝 微克/立方米 毫克/升 毫克 蒸吨 升 摄氏度 度",
    Kind.SPAN: "年 天 日 个月 周 星期 个工作日 工作日 周岁 岁 学期 学年 分",
    Kind.SHARE: "% ‰ 个百分点 百分点 倍",
}

_SAME: dict[str, str] = {
    # The same unit said with a second classifier or in another script; the shorter word is the unit.
    "节课": "节", "堂课": "堂", "门课": "门", "个课时": "课时", "个学时": "学时", "个小时": "小时", "个学分": "学分",
    "个学期": "学期", "个学年": "学年", "个星期": "星期", "百分点": "个百分点", "个学位": "个",
    "学位": "个", "床位": "张", "餐位": "个", "平米": "平方米", "℃": "摄氏度", "㎡": "平方米", "km": "公里", "台/套": "台（套）", "个班": "个",
}  # fmt: skip


def _measures() -> dict[str, tuple[str, Kind]]:
    known = {word: (word, kind) for kind, words in _WORDS.items() for word in words.split()}
    return known | {word: known.get(same, (same, Kind.VAGUE)) for word, same in _SAME.items()}


MEASURES: dict[str, tuple[str, Kind]] = _measures()
"""Every measure word that is read: what it is called as a unit, and its kind."""

_NOT_BEFORE: dict[str, str] = {
    # After a Han numeral a measure word is none where it is the first half of another word: 五部门, 三名师, 二元结构, 一处理.
    "部": "门分委级队署件", "名": "师校优牌录单称班", "元": "结素化论", "台": "账阶", "场": "所地馆景", "个": "性体别", "组": "织建长成",
    "门": "类口槛户", "对": "接标口象应照", "间": "接隔", "处": "理于置", "期": "间待限末", "年": "级龄制", "天": "然", "件": "数", "条": "件例",
    "种": "植", "节": "约点能假", "周": "边期转", "户": "籍外", "家": "长庭校访委", "人": "才口民文工事均数", "首": "席批", "起": "点来",
    "例": "如行会", "所": "有属需", "次": "序生", "套": "用餐", "项": "目", "位": "一", "块": "状", "日": "常", "批": "准次", "类": "型",
    "分": "钟之校园局管院支部公别类级层散工布解流享析配步母子批期段组设队岗块项众明行头担摊数", "遍": "布及", "字": "型体", "升": "级学本高格温降", "度": "过假电",
    "片": "区", "篇": "章", "幅": "度", "轮": "岗训换", "届": "时", "座": "谈位",
}  # fmt: skip
_NOT_BEFORE_AFTER_DIGITS: dict[str, str] = {
    # After Arabic digits nearly every measure word is one (10名优秀教师, 100个体育社团); only these still begin other words.
    "部": "门委", "元": "化", "台": "账", "期": "间末限", "年": "级龄制", "天": "然", "家": "长庭", "人": "口", "日": "常", "类": "型",
    "分": "钟之校园局管院支部公别类级层散工布解流享析", "字": "型体", "升": "级学本高格温降",
}  # fmt: skip


_STILL_BEFORE: dict[str, str] = {"名": "校领导|校长|校医|师生"}
"""What refutes the above: 一名校领导 is one person of a school, not a famous school."""


def _alternative(word: str) -> str:
    strict = _NOT_BEFORE.get(word)
    if not strict:
        return re.escape(word)
    loose = _NOT_BEFORE_AFTER_DIGITS.get(word)
    still = _STILL_BEFORE.get(word)
    after_digits = f"(?<=[\\d余多]){re.escape(word)}" + (f"(?![{loose}])" if loose else "")
    return f"{re.escape(word)}(?![{strict}])|{after_digits}" + (f"|{re.escape(word)}(?={still})" if still else "")


PATTERN = "|".join(_alternative(word) for word in sorted(MEASURES, key=len, reverse=True))
"""Alternatives of a regular expression, longest first."""
