"""The closed vocabularies of cards: every word that a card may use where it has no free choice, with what it means.

A word that is missing here is a decision, not a slip: two words for one thing (间次 and 间, 分数 and 分) would be two units that
nobody can add up. `nearest` helps to find the word that was meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from xiangxu.model.reason import gettext_noop as _


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A closed list of words. `name`: what a word of it is called in messages; `words`: word → meaning."""

    name: str
    words: Mapping[str, str]

    def __contains__(self, word: object) -> bool:
        return word in self.words


# Units of quantity. Counting words stay as documents use them: 所 of schools and 处 of sites are not added up together. A share is
# in %, a change of a share in 个百分点; 比 is a pure number (cv, pupils a teacher).
UOM = Vocabulary(
    "计量单位",
    {
        "%": "百分比，0 到 100",
        "个百分点": "两个百分比之差",
        "比": "纯数：比值、差异系数",
        "人": "人数",
        "名": "人数（按名选派、评选）",
        "人次": "人次",
        "所": "学校、幼儿园",
        "处": "场所、工程",
        "个": "件数，没有更贴切的量词时",
        "间": "房间、教室",
        "次": "次数",
        "节": "课",
        "课时": "课时",
        "学时": "培训学时",
        "元": "金额",
        "万元": "金额，一万元",
        "亿元": "金额，一亿元",
        "平方米": "面积",
        "亩": "土地面积",
        "米": "长度",
        "公里": "距离",
        "兆": "带宽，兆比特每秒",
        "年": "年数",
        "个月": "月数",
        "天": "天数",
        "小时": "小时数",
        "分钟": "分钟数",
        "岁": "年龄",
        "册": "图书",
        "件": "物件、案件",
        "起": "事件、事故",
        "项": "事项、任务、指标",
        "条": "条目、资源、线索",
        "期": "期次",
        "家": "企业、机构、家庭",
        "户": "住户",
        "门": "课程",
        "场": "活动",
        "套": "住房、设备、方案",
        "辆": "车辆",
        "台": "设备",
        "支": "队伍",
        "对": "结对",
        "座": "建筑",
        "篇": "文章",
        "班": "班级",
        "分": "得分",
    },
)

# At whom a figure is computed or a promise is checked; the same words as in a plan that was read.
LEVELS = Vocabulary(
    "层级",
    {
        "county": _("县（市、区）"),
        "town": _("镇街"),
        "school": _("学校、幼儿园"),
        "teacher": _("教师"),
        "student": _("学生"),
        "department": _("部门"),
    },
)

# What one row of a form, one member of a scope, one entry of a registry is about.
TIERS = Vocabulary(
    "对象",
    {
        "county": _("县（市、区）"),
        "town": _("镇街"),
        "village": _("村居"),
        "school": _("学校"),
        "kindergarten": _("幼儿园"),
        "class": _("班级"),
        "department": _("部门"),
        "project": _("工程、项目"),
        "teacher": _("教师"),
        "head": _("校长、园长"),
        "student": _("学生"),
        "person": _("其他人员（督学、教研员、家长、志愿者）"),
        "holder": _("名册条目的持有者，单位或个人"),
    },
)

# Of these one can ask a √ (coverage); pupils, teachers, classes and projects answer for nothing themselves.
OF_UNITS = frozenset(("county", "town", "village", "school", "kindergarten", "department"))

# How often a duty falls due and a promise recurs.
PER = Vocabulary("周期", {"year": _("每年"), "term": _("每学期"), "month": _("每月"), "week": _("每周")})

# How often a form is filled, or how a registry is kept.
PERIODS = Vocabulary(
    "填报周期",
    {
        "school-year": "学年，9 月 1 日为时点",
        "term": "学期",
        "year": "日历年",
        "fiscal-year": "财政年度",
        "month": "月",
        "week": "周",
        "once": "只填一次",
        "standing": "常年在册，变了就改",
        "event": "有一次记一次",
    },
)

# How a value is compared; the first six with a figure. The same words as in a plan that was read.
OPERATORS = Vocabulary(
    "比较方式",
    {
        "eq": _("等于"),
        "ge": _("不低于"),
        "gt": _("高于"),
        "le": _("不高于"),
        "lt": _("低于"),
        "between": _("介于两数之间"),
        "all": _("每一个都"),
        "zero": _("一个也没有"),
        "increase": _("提高、增加"),
        "decrease": _("降低、减少"),
        "done": _("做到、建成"),
    },
)

# How success is judged. A bare count such as 评选10个 is at_least, 缩减到41所 is at_most; within has a tolerance.
DIRECTIONS = Vocabulary(
    "达标方向",
    {
        "at_least": "至少",
        "at_most": "至多",
        "exactly": "恰好",
        "within": "在误差或区间之内",
        "all": "每一个都做到",
        "none": "一个也没有",
        "more": "比基数多",
        "less": "比基数少",
        "done": "做到",
    },
)

# How firmly it is promised. Expected and striven-for promises are shown and never red.
NATURES = Vocabulary("性质", {"promise": _("承诺"), "binding": _("约束性"), "expected": _("预期性"), "strive": _("争取")})

# Which way is good.
BETTER = Vocabulary("优劣方向", {"higher": "越高越好", "lower": "越低越好", "none": "无所谓高低"})

# What nothing means, besides null: no return is no data.
EMPTY = Vocabulary("空白取法", {"met": "查过、没有，就是达标", "zero": "查过、没有，就是零"})

# The themes; each has a card in the national pack, and a test holds the two together.
THEMES = Vocabulary(
    "主题",
    {
        "layout": _("布局与学位"),
        "conditions": _("办学条件"),
        "teachers": _("校长教师"),
        "teaching": _("教学教研"),
        "moral": _("立德树人与协同育人"),
        "digital": _("数字化"),
        "care": _("学生关爱"),
        "safety": _("安全"),
        "preschool": _("学前教育"),
        "senior": _("高中与职业教育"),
        "governance": _("治理与督导"),
        "funding": _("经费待遇"),
        "wellbeing": _("体质美育劳动"),
    },
)

# What the table of a field dictionary is.
TABLES = Vocabulary("表的种类", {"form": "填报的表", "registry": "名册", "derived": "由系统算出的表"})

# What a field holds.
FIELD_TYPES = Vocabulary("字段类型", {"number": "数", "text": "文字", "yes-no": "是或否", "date": "日期", "choice": "选项之一"})

# What a unit of a place is.
UNIT_KINDS = Vocabulary(
    "单位类别",
    {
        "government": "政府及其办公室",
        "party": "党委及其部门",
        "department": "政府部门",
        "section": "科室、中心等内设机构",
        "group": "领导小组、专班",
        "organisation": "群团组织",
        "enterprise": "企业",
        "town": "镇、街道、开发区",
        "towns": "各镇街，作为整体",
        "village": "村居",
        "cluster": "学区、教育集团",
        "school": "学校、幼儿园",
        "schools": "各学校，作为整体",
        "above": "上级部门",
    },
)

# Where a task stands in its document.
ORIGINS = Vocabulary("任务出处", {"list": "任务清单的一行", "body": "正文的一条措施"})

# The tier of a place; its packs are looked up from the lowest to the nation.
REGION_LEVELS = Vocabulary("区域层级", {"nation": "全国", "province": "省", "prefecture": "市（地级）", "county": "县（市、区）"})

# Evaluators: the five ways in which a target is judged.
EVALUATORS = Vocabulary(
    "评判方式",
    {
        "indicator": "指标：表里的数",
        "registry": "名册：在册的条目",
        "coverage": "覆盖：逐个单位的是、否、不适用",
        "duty": "例行职责：做了几次",
        "milestone": "里程碑：一项成果，经核验",
    },
)


def nearest(word: str, words: Iterable[str], most: int = 3) -> list[str]:
    """The allowed words that `word` may have been meant for, nearest first; none where nothing is near.

    >>> nearest("scool", LEVELS.words)
    ['school']
    >>> nearest("百分点", UOM.words)
    ['个百分点']
    """
    ranked = sorted(((_likeness(word, other), other) for other in words), key=lambda pair: (-pair[0], pair[1]))
    least = max(0.5, ranked[0][0] - 0.2) if ranked else 1
    return [other for likeness, other in ranked[:most] if likeness >= least]


def _likeness(word: str, other: str) -> float:
    # Ratio alone is blind to short Chinese words: a word that holds the other is near whatever its length.
    if word and other and (word in other or other in word):
        return 0.5 + 0.5 * min(len(word), len(other)) / max(len(word), len(other))
    return SequenceMatcher(None, word.lower(), other.lower()).ratio()
