"""What a promise is about: metric, scope and level, taken from the words around the figure."""

from __future__ import annotations

import re

from xiangxu.importer.promises.measures import MEASURES, Kind
from xiangxu.importer.promises.roles import LIMITS
from xiangxu.model.plan import Level, Op

_LEAD = re.compile(
    r"^(?:[一二三四五六七八九十]是|其中|同时|并且?|而且|且|力争|争取|确保|保证|保障|实现|推动|努力|积极|原则上|基本|全面|切实|严格落实|严格"
    r"|根据(?:工作|实际|教学)*需[要求]|进一步|逐步|使|让|到(?!校|岗|位)|至(?!少)|在(?!校|园|编|岗)|于|，|、|：|的|□|由|从)+"
)
"""Words of intent before a subject; □ stands for a date."""

_TAIL = re.compile(
    r"(?:力争|争取|原则上|应|要|须|均|分别|各|都|全部|总体|平均|严格|持续|逐年|保持|稳定|控制|达到|达|提高|提升|增长|上升|增加|降低|下降|减少|压减"
    r"|缩减|缩小|缩短|调整|优化|增|减|降|突破|超过|高于|低于|少于|小于|不得|至少|最少|不|为|占|有|约|近|在|到|至|的|了|实现|，|、|：|（|□|由|从|安排"
    r"|每[人生师校园班户名月年]|[人生师班校]均月?|(?<![占生师])比|较)+$"
)
"""Words between a subject and its figure that compare or move it."""

_FAR_BOUND = re.compile(r"不得?(?:低于|少于|超过|高于|大于|小于)")
_PERIOD = re.compile(
    r"每个?(?:学年度?|学期|年度?|月|周|半年|季度|天)|按月|年均|月均|□+(?:之?前|以前|之?内|起|的(?=□|$))?|（[^（）]*）|“|”"
)

_VERB = (
    "新建、改扩建|新建|改扩建|改建|扩建|建设|建成|建立健全|建立完善|建立|建有|新增|增加|增设|设立|设置|开设|创建|创成|争创|打造|培育|培养|遴选建设|遴选"
    "|遴选推荐|评选|选派|选树|认定|组建|成立|组织|招聘|补充|配备|聘请|投入|改造|完成|实施|开展|举办|表彰|推出|开发|研发|汇聚|提供|覆盖|惠及|掌握|整合|召开"
    "|编制|制定|制订|出台|印发|巩固|完善|健全|落实|推进|实行|参加|参与|进行|发布|结对|联系|帮扶|支持|要选定|选定|保留|办好|上"
)
_VERB_FIRST = re.compile(rf"^(?:{_VERB})(?!率|比例|度|情况)")
_VERB_LAST = re.compile(rf"(?:{_VERB})$")

_SUFFIX = {"次": "次数", "名": "人数", "人": "人数", "课时": "课时数", "学时": "学时数", "节": "节数", "天": "天数"}
_AMOUNTS = (Kind.SIZE, Kind.SPAN, Kind.SHARE, Kind.MONEY)
_BARE_UNITS = frozenset(uom for uom, kind in MEASURES.values() if kind in _AMOUNTS and uom not in _SUFFIX) | {"小时", "分钟"}
"""Units of what is measured, not counted: the metric is the thing itself (满意度), not its number."""

_GROUP = re.compile(
    r"(每(?!个?(?:学期|学年|年|月|周|星期|半年|季度|天|日|届|[一二两三四五\d]+[年个]))一?[个所名位校园班镇人]?[\u4e00-\u9fff（）]{0,12}?"
    r"(?=至少|均|都|全部|配|建|设|掌握|参|开|培|结|聘|保|办|联|到|每|原则|享|由|组|安排|拥|、|，|$)"
    r"|各[\u4e00-\u9fff（）]{2,12}?(?=(?<!生)均|要|应|制|至少|每|完|建|开|于|分级|分类)|所有[\u4e00-\u9fff（）]{2,14}?(?=均|全(?!环境)(?<!安全)|都|达|建|实|充|饮用水|安全|，|$))"
)

_LEVELS: tuple[tuple[Level, str], ...] = (
    # Whom the promise counts one by one; the first that fits counts. Schools come before teachers and pupils where a school
    # must have something for them (每校至少配备1名教师).
    (
        Level.SCHOOL,
        r"每(?:所|个)?[^，；。]{0,6}?(?:学校|校|园|班)|各(?:乡村|乡镇|级各类|中小)?(?:学校|校|园)|所有[^，；。]{0,12}(?:学校|幼儿园|园)|校均|班额",
    ),
    (Level.TOWN, r"每个?(?:乡镇|镇|街道|学区)|各(?:乡镇|镇|街道|学区)|(?:乡镇|镇街|街道|社区|村居?)[^，；。]{0,14}(?:全覆盖|均)"),
    (Level.STUDENT, r"每[名位个]?[^，；。]{0,6}(?:学生|儿童|幼儿)|人人|送教|一人一|一生一|学生(?:掌握|每天|参加|参与)|应助尽助"),
    (
        Level.TEACHER,
        r"每[名位][^，；。]{0,8}(?:教师|教研员|校长)|教师[^，；。]{0,8}(?:每|培训|人均|补贴|补助|体检)|教研员|人均|(?:培训|研修|继续教育|教师)[^，；。]{0,14}学时|持证",
    ),
    (Level.DEPARTMENT, r"各(?:有关|相关|责任|成员)?(?:单位|部门)|审批|联席会议|专班"),
)
_LEVEL_RES = tuple((level, re.compile(words)) for level, words in _LEVELS)
_WHOLE_LEVEL = re.compile(r"学校|幼儿园|校园|中小学|园")

_STATE = {"全覆盖": "覆盖", "全员覆盖": "覆盖", "清零": "数", "动态清零": "数", "配齐": "配齐", "配备齐全": "配备"}
"""What a metric is called where the words that promise it are not themselves its name."""

_LONGEST = 40
"""A metric is a short noun phrase: of a longer one the end is kept, where Chinese has its head."""


def _clean(text: str) -> str:
    text = _PERIOD.sub("", text)
    text = _LEAD.sub("", text.strip("，、：；（）□"))
    return _TAIL.sub("", text).strip("，、：；□")


def metric_of(before: str, after: str, op: Op, uom: str | None) -> str:
    """A short noun phrase for what is counted: the words before the figure, or those after it where a verb stands before it.

    >>> metric_of("到□，义务教育学校标准化率达到", "", Op.GE, "%"), metric_of("评选", "典型性劳动教育基地", Op.EQ, "个")
    ('义务教育学校标准化率', '典型性劳动教育基地数')
    >>> metric_of("每所中小学至少配备", "专职心理教师", Op.GE, "名"), metric_of("每学期组织应急疏散演练不少于", "", Op.GE, "次")
    ('专职心理教师人数', '应急疏散演练次数')
    """
    front = before.rpartition("，")[2]
    head = _clean(front if len(front) > 4 else before)
    tail = _clean(after.partition("，")[0].lstrip("的"))
    if op is Op.LE and uom in LIMITS and tail and not after.startswith("的"):
        return f"{tail[:_LONGEST]}时限"
    if uom == "%" and tail and not head:
        return f"{tail}的比例"
    head = _FAR_BOUND.split(head)[0] or head
    name = _VERB_FIRST.sub("", head).removeprefix("的")
    if tail and (len(name) < 2 or (uom not in _BARE_UNITS and _VERB_LAST.search(head))):
        name = tail
    name = (name or head or tail)[-_LONGEST:]
    if not name or op in (Op.INCREASE, Op.DECREASE) or uom is None or uom in _BARE_UNITS:
        return name
    return name + ("" if name.endswith(("数", "数量", "面积", "时间", "规模")) else _SUFFIX.get(uom, "数"))


_FIRST_BANDWIDTH = re.compile("“|[万千百]兆")


def whole_metric(text: str, start: int, end: int, op: Op) -> str:
    """A short noun phrase for what is promised without a figure; the words that say so stand at `start`..`end` of the text.

    >>> whole_metric("实现校园无线网络全覆盖", 8, 11, Op.ALL), whole_metric("建立学困生成长档案", 0, 9, Op.DONE)
    ('校园无线网络覆盖', '学困生成长档案建立')
    """
    if op is Op.DONE:
        whole = _clean(text)
        verb = _VERB_FIRST.match(whole)
        return (whole[verb.end() :] + verb.group() if verb and verb.end() < len(whole) else whole)[-_LONGEST:]
    if "兆" in text[start:end]:  # 全部实现“千兆进校、百兆进班”: each names itself, after whom it is for
        return (_clean(_FIRST_BANDWIDTH.split(text[:start])[0]) + text[start:end])[-_LONGEST:]
    head, tail = _clean(text[:start]), _clean(text[end:])
    if head and op in (Op.GE, Op.LE):
        return head[-_LONGEST:]
    if len(head) > 1:
        return (head + _STATE.get(text[start:end], tail if len(tail) < 12 else ""))[-_LONGEST:]
    return (tail or _clean(text))[:_LONGEST]


_ALONE = re.compile(
    r"可?(?:按照?|依照|根据)|全[国省市县区镇校]|[县市区省镇]内|(?:全|全部)?覆盖|至少建?数|一年次数"
    r"|(?:乡村|农村|城区|中小)?(?:学校|教师|学生|儿童|幼儿园)"
    rf"|(?:{_VERB}|形成|构建|改善|融合|带动|建)(?:数|人数)?"
)
"""Names that name nothing by themselves: a verb, a place or a group, a word that compares."""
_DATE_FIRST = re.compile(r"^(?:20\d\d年年?(?:底|末|初)?(?:之?前|以前)?)?，?")
_TOLD_IN_MARKS = re.compile("[“《]([^”》]+)[”》]")
_PART = 3
"""A name in which so many characters of what stands in quotation marks are left, and not all of it, was cut inside it."""


def is_fragment(name: str, quote: str) -> bool:
    """Whether a name is no name: too short, a verb, place or group alone, or cut within quotation marks or 书名号 of the promise.

    >>> is_fragment("牌", "“一校一品牌”"), is_fragment("可按照", "可按照不低于50%的比例用于奖励"), is_fragment("普惠率", "普惠率保持100%")
    (True, True, False)
    >>> is_fragment("强化乡村中小学校目一品牌建设", "强化乡村中小学校“一支部一项目一品牌”建设")
    True
    """
    if len(name) < 3 or _ALONE.fullmatch(name):
        return True
    for told in _TOLD_IN_MARKS.findall(quote):
        if (
            told not in name
            and not name.endswith(tuple(told.split("、")))
            and len(told) >= _PART
            and (told[:_PART] in name or told[-_PART:] in name)
        ):
            return True
    return False


def clause_name(quote: str) -> str:
    """The promise's own clause as its name, shortened at a comma where it is long.

    >>> clause_name("三是强化乡村中小学校“一支部一项目一品牌”建设")
    '强化乡村中小学校“一支部一项目一品牌”建设'
    >>> clause_name("逐步建成覆盖全学科、全章节的优秀课程共享资源库")
    '建成覆盖全学科、全章节的优秀课程共享资源库'
    """
    words = _LEAD.sub("", _DATE_FIRST.sub("", _LEAD.sub("", quote.strip("，、：；（）"))))
    if _ALONE.fullmatch(words) or len(words) < _PART:
        words = quote
    if len(words) > _LONGEST:
        head = words[: words.rfind("，", 1, _LONGEST)]
        whole = "，" in words[1:_LONGEST] and head.count("（") == head.count("）")
        words = head if whole else words[: _LONGEST - 1] + "…"
    return words.rstrip("，、：；∶")


def scope_of(text: str, subject: str) -> str | None:
    """Of whom or what: a group named in the text, else what the clause speaks of."""
    found = _GROUP.search(text)
    return (found.group(1) if found else subject) or None


def level_of(text: str, op: Op) -> Level:
    """At whom the promise is checked: at each member that it names one by one, else in the whole county."""
    for level, words in _LEVEL_RES:
        if words.search(text):
            return level
    return Level.SCHOOL if op is Op.ALL and _WHOLE_LEVEL.search(text) else Level.COUNTY
