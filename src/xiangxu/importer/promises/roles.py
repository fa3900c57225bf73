"""Why a number in a plan is, or is not, a promise.

A plan is full of numbers that nobody promises: what there is already, whom a promise is about, figures of speech. Each of them
is refused for a reason that can be named, so that a wrong refusal can be found and argued about.
"""

from __future__ import annotations

import re
from enum import Enum

from xiangxu.importer.promises.bounds import comparison
from xiangxu.importer.promises.measures import Kind
from xiangxu.importer.promises.quantities import Quantity
from xiangxu.model.plan import Op


class Role(Enum):
    """The role of a quantity in its segment."""

    PROMISE = "promise"
    STOCK = "what there is already: 现有学校86所, 18个成员单位, 14个乡镇均"
    SCOPE = "whom or what a promise is about: 45周岁以下校长, 2公里以上的走读学生, 30万人口以上的县"
    SIZE = "a description in passing: 24小时热线, 200米跑道, 三年行动"
    SPEECH = "a figure of speech or a count of ideas: 三个关键词, 一批, 一支队伍"
    NAME = "part of a name or grade: 十五届八次全会, 省一类幼儿园"
    RATE = "the base of a rate, after 每 or 按: 每100名学生, 每三年, 按30名为一组"


MAKING = (
    "新建|改建|扩建|改扩建|迁建|翻建|续建|重建|建设|建成|建立|建有|共建|新增|增加|增设|增建|设立|设置|开设|开办|创建|创成|打造|培育|培养|"
    "遴选|评选|选树|选拔|选派|选聘|认定|评定|命名|组建|成立|组织|招聘|招录|引进|补充|配备|配置|配足|聘请|聘用|购置|采购|投入|安排|改造|"
    "完成|实施|开展|举办|培训|轮训|表彰|奖励|推出|推荐|推选|开发|研发|汇聚|建档|提供|覆盖|惠及|服务|带动|掌握|选定|确定|布局|整合|"
    "撤并|保留|办好|创作|编写|制定|制作|征集|立项|资助|结对|帮扶|联系|支持|参与|参加|召开|派驻|设|建"
)
"""Verbs that bring about what the figure counts; before a number they make even a modest count a promise."""

_MAKING_BEFORE = re.compile(rf"(?:{MAKING})(?:了|好|有|约|近|至少|不少于|不低于|超过|其中)*$")
_MAKING = re.compile(MAKING)

# Words right before the figure.
_EXTENT = re.compile(r"(?:面积|占地|规模|长度|全长|总长|里程|容量|带宽)(?:约|为|共|近)*$")
_REMOVING_BEFORE = re.compile(r"(?:消除|消化|取消|杜绝|清理|招收|面向|针对|对于?|将|把)$")
_DUTY_BEFORE = re.compile(r"(?:须|应当?|必须|要|具有|具备|须有)$")
EACH = re.compile(
    r"每|各(?![级类项种自])|(?<![平人生年户班师校])均|所有|全部|人人|普遍|都(?!市)|一年(?=[一二两三四五六七八九十\d]+次)|分别"
)
"""Words that name each member of a group: what follows is a figure for every one of them."""

# Words right after the figure: abstractions that are counted in speech only, and words of which the measure is a part (一次性).
_SPEECH_AFTER = re.compile(
    r"性(?!别)|龙|线(?![上下])|流|体化|体$|对一|把手|台阶|指标|标准|\d|工程(?!项)|只增|关键|底线|维度|方面|意识|自信|维护|确保|大事|实事|层面|环节|阶段|重点|结合|原则|导向|坚持"
)

_RANK_BEFORE = re.compile(r"(?:进入|位居|位列|跻身|保持|居|列|处于|力争)[^，]{0,8}前$")
_CONCERNING = re.compile(r"对[^，；。]{3,}(?:大于|小于|高于|低于|超过|不足|不到|达到)$")
_VERY_VAGUE = frozenset("支套批种条项片块类轮笔组张期")
"""Classifiers with which one of something is a way of saying "a": 一支队伍, 一套制度."""
_SOLID = frozenset("块张")
"""Those with which each member of a group gets a thing that can be seen: 每校建一块菜地."""
_MASTERING = re.compile(r"(?:学会|掌握)(?:了|好)?$")
_ON_TOP = re.compile(r"[^，；。]{0,16}基础上")
_FORMULA = re.compile(r"[=÷×]")

# Units of administration, which a plan finds and does not make, unless it says what they achieve (6个县通过认定).
_STANDING = re.compile(
    r"(?:成员|责任|部门|相关|有关|牵头)?(?:单位|部门|镇街区?|乡镇|镇（街道）|镇|街道|村居|行政村|社区|县（市、区）|县区|市区|省份)"
    r"(?![\u4e00-\u9fff]{0,3}(?:中心|学校|幼儿园|园|站|室|基地|点|教师|干部|校|馆))"
)
_ACHIEVING = re.compile(
    r"争创|评为|当选|跻身|通过|建成|达到|创成|完成|实现|开展|试点|建立|成立|纳入|设立|创建|获评|入选|全部|覆盖|启动"
)
_GROUP_AFTER = re.compile(r"[^，；。、\d]{1,12}(?:(?<![平人生年户班师校])均(?=[\u4e00-\u9fff])|全部|都(?!市))")

LIMITS = frozenset(("个工作日", "工作日", "日", "天", "周", "小时", "分钟"))
"""Units of a time limit: what is asked for is done within so many of them (3个工作日内答复)."""
_ACTED_ON = re.compile(r"(?!的|发生|出生|步行|车程|生活|到达)[\u4e00-\u9fff]{2}")
_WHEN = re.compile(r"(?:时(?![间长限])|的情况下)")
"""A measure that only says in which case something is done: 气温超过35摄氏度时停止户外活动."""
_LOOKING_BACK = re.compile(r"(?:近|最近|过去|此前|之前|前|头|每)$")

_NOUN_AFTER = re.compile(r"的?[\u4e00-\u9fff（A-Z]")

# Names: party congresses and plenums, terms of office, grades.
_MEETING = re.compile(r"[零一二三四五六七八九十\d]*[届次]?(?:中央)?(?:全会|[代全]体?(?:代表)?大会|[代全]代会|中全会)")
_TERM = re.compile(r"(?:任期|聘期|培养周期|周期|学段|聘用期|届期)")

_HELD_ALREADY = re.compile(r"(?:现有|原有|已有|现)$|(?:对|为|面向)全[省市县区镇乡]$")
_ALLOTTED = re.compile(r"(?:的?(?:标准|规模|基数))?(?:核定|核拨|拨付|核算|计算|安排|保障)")
"""按100人核定 is a rule with a figure of its own: what is given out as if there were a hundred."""
# 在100所学校、50个案例中设置…, 从8所学校中遴选…: what something is chosen from is there already.
_AMONG = re.compile(r"(?:在|从|于)(?![校园编岗])[^，；。]*$")
_AMONG_END = re.compile(r"[^，；。]{1,40}?[^其当集年高初（]中(?=设|遴|评|选|推|确|安|认|择|优|单|划|明|开展|产生|抽|公开|招)")
# 14处城区学校发挥作用: who is there plays a part.
_PLAYED = re.compile(r"发挥(?![^，；。]*(?:作用|优势|功能))[^，；。]*$")
_PLAYING = re.compile(r"[^，；。]{2,20}发挥")
# 让全县41所学校、1.8万名学生共享…: all that there are share in what the plan does.
_FOR_ALL = re.compile(r"(?:让|使)全[省市县区镇乡旗州][^，；。]*$")
_IN_EACH_PERIOD = re.compile(r"每个?(?:周|月|学期|学年|年)[^，；。]*$")
_VERB_AFTER = re.compile(r"分档|不等|发放|集中|用于|奖补|，|；|、|。|）|$")
# Verbs of following what others have set: the items of a law or policy are not this plan's.
_LAW = re.compile(r"(?:落实|贯彻|执行|按照|依据|根据|遵循|围绕|对照|坚持|聚焦|牢牢把握|锚定|守住|用好|推广)[^，]{0,12}$")


def role_of(quantity: Quantity, before: str, after: str, each: bool = False) -> Role:
    """The role of a quantity with the text before it, back to the figure before, and all that follows it in its segment.

    `each`: earlier in the segment each member of a group was named (每, 各, 均). Names and dates are hidden in the texts.

    >>> from xiangxu.importer.promises.quantities import find_quantities
    >>> def role(text):
    ...     q = find_quantities(text)[0]
    ...     return role_of(q, text[: q.start], text[q.end :]).name
    >>> role("建设基地10个"), role("防溺水18个成员单位协同联动"), role("45周岁以下校长占一半"), role("打造一支队伍"), role("每100名学生")
    ('PROMISE', 'STOCK', 'SCOPE', 'SPEECH', 'RATE')
    """
    if before.endswith(("每", "每隔")):
        return Role.RATE
    if before.endswith(("按", "按照")) and quantity.kind is Kind.THING:
        return Role.PROMISE if _ALLOTTED.match(after) else Role.RATE
    if _ON_TOP.match(after):
        return Role.STOCK
    if _FORMULA.search(before):
        return Role.NAME
    if quantity.han and (_MEETING.match(after) or (quantity.uom == "届" and not each)):
        return Role.NAME
    if quantity.uom in ("位", "名") and before.endswith("前"):
        return Role.PROMISE if _RANK_BEFORE.search(before) else Role.NAME
    if _CONCERNING.search(before) and after.startswith("的"):
        return Role.SCOPE
    if before.endswith("满") or _TERM.match(after):
        return Role.SCOPE
    if _HELD_ALREADY.search(before):
        return Role.STOCK
    compared = quantity.suffix is not None or quantity.value2 is not None or comparison(before) is not None
    if (_AMONG.search(before) and _AMONG_END.match(after)) or (not compared and _FOR_ALL.search(before)):
        return Role.STOCK
    if not compared and (_PLAYED.search(before) or (_PLAYING.match(after) and not _MAKING_BEFORE.search(before))):
        return Role.STOCK
    if quantity.uom == "批" and quantity.value > 1 and before.endswith("分"):
        return Role.PROMISE
    if quantity.kind is Kind.SHARE or quantity.kind is None or quantity.kind is Kind.MONEY:
        return Role.PROMISE
    if quantity.han and quantity.uom == "类":
        return Role.NAME
    if quantity.uom in ("小时", "分钟") and not compared and not each and _NOUN_AFTER.match(after):
        return Role.SIZE
    if quantity.kind in (Kind.SPAN, Kind.SIZE):
        return _measured(quantity, before, after, compared)
    if _of_whom(quantity, before, after):
        return Role.SCOPE
    if quantity.han and not compared:
        return _in_words(quantity, before, after, each)
    if quantity.kind is Kind.VAGUE and not compared and _LAW.search(before):
        return Role.SPEECH
    if not compared and _GROUP_AFTER.match(after) and not _MAKING_BEFORE.search(before):
        return Role.STOCK
    if not compared and _STANDING.match(after) and not (_MAKING_BEFORE.search(before) or _ACHIEVING.search(after)):
        return Role.STOCK
    return Role.PROMISE


def _measured(quantity: Quantity, before: str, after: str, compared: bool) -> Role:
    """Lengths, areas, ages and spans of time: promises under a comparison, or as an amount at the end of what is built."""
    if _WHEN.match(after):
        return Role.SCOPE
    describes = _NOUN_AFTER.match(after) is not None and not _VERB_AFTER.match(after)
    if quantity.suffix is Op.LE and quantity.uom in LIMITS and _ACTED_ON.match(after) and not _LOOKING_BACK.search(before):
        return Role.PROMISE
    if after.startswith("的") or (
        describes and (quantity.suffix or quantity.value2) is not None and not _DUTY_BEFORE.search(before)
    ):
        return Role.PROMISE if comparison(before) is not None and not after.startswith("的") else Role.SCOPE
    if compared or (quantity.uom == "天" and _IN_EACH_PERIOD.search(before)):
        return Role.PROMISE
    if quantity.kind is Kind.SIZE and not describes and (_MAKING.search(before) or _EXTENT.search(before)):
        return Role.PROMISE
    return Role.SIZE


def _of_whom(quantity: Quantity, before: str, after: str) -> bool:
    """Whether a bounded count only says which ones: 30万人口以上的县, 66人以上超大班额, 规模不足60人的幼儿园."""
    if not _NOUN_AFTER.match(after) or _VERB_AFTER.match(after):
        return False
    if quantity.suffix is not None:
        return _REMOVING_BEFORE.search(before) is not None or (
            quantity.uom in ("人", "名", "户", "间", "个", "所")
            and not _MAKING_BEFORE.search(before)
            and comparison(before) is None
            and (quantity.uom == "人" or not before)
        )
    if quantity.uom in ("小时", "分钟") and after.startswith("的") and comparison(before) in (Op.GT, Op.LT):
        return not EACH.search(before)  # 步行超过一小时的学生
    if quantity.kind is Kind.TIMES or not after.startswith("的") or comparison(before) is None:
        return False
    return not (_MAKING_BEFORE.search(before) or EACH.search(before))


def _in_words(quantity: Quantity, before: str, after: str, each: bool) -> Role:
    """Counts in Han numerals without a comparison: mostly figures of speech, unless each member of a group gets one."""
    if _SPEECH_AFTER.match(after) or before.endswith(("任何", "同", "统", "连续", "这", "某", "前", "唯", "另")):
        return Role.SPEECH
    if each or EACH.search(before):
        if quantity.uom == "项" and _MASTERING.search(before):
            return Role.PROMISE
        return Role.SPEECH if quantity.value == 1 and quantity.uom in _VERY_VAGUE - _SOLID else Role.PROMISE
    if quantity.uom in _VERY_VAGUE:
        return Role.SPEECH
    if quantity.kind is Kind.TIMES:
        return Role.SPEECH if quantity.value == 1 else Role.PROMISE
    if _MAKING_BEFORE.search(before) and (quantity.value > 1 or quantity.uom in ("个", "所", "处", "座", "家", "名")):
        return Role.PROMISE
    return Role.PROMISE if quantity.kind is Kind.THING and quantity.value > 1 else Role.SPEECH
