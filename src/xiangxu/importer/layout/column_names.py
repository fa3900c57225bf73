"""The names that offices give to the columns of their lists, and what stands in such a column.

A closed vocabulary, tried from the top; the first pattern that finds its words decides, so that the narrower names stand
before the wider ones (责任科室 before 责任, 目标任务 before 任务).
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum


class Role(Enum):
    """What a column of a list holds."""

    NO = "no"
    NAME = "name"
    GOAL = "goal"
    MEASURE = "measure"
    DUE = "due"
    LEAD = "lead"
    PARTICIPANTS = "participants"
    OWNERS = "owners"
    OFFICE = "office"
    INDICATOR = "indicator"
    UOM = "uom"
    KIND = "kind"
    BASELINE = "baseline"
    TARGET = "target"
    YEAR = "year"
    OTHER = "other"
    FOREIGN = "foreign"


# A name is short; what is longer is the text of a cell.
_LONGEST_NAME = 16

_NAMES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (Role.NO, re.compile(r"序号?|编号|项次|行次|no\.?", re.I)),
    (Role.MEASURE, re.compile(r"(?:建设|项目)?(?:规模(?:及|和|与)(?:主要)?(?:建设)?内容|内容(?:及|和|与)规模)")),
    # Columns of persons, money and progress: kept under their own name, never read as owners or texts.
    (
        Role.OTHER,
        re.compile(
            r".*(?:领导|责任人|负责人|联络人|联系人|联系方式|联系电话|首长|专班).*|备注|说明|.*进展.*|完成情况|落实情况|存在问题|"
            r".*(?:投资|资金|经费|预算|金额|规模|地点|地址|属地|位置|性质|来源|依据|出处|类型|级别|等级|状态|审核|签字|销号).*|"
            r"累计|年均(?:增长|增速|增幅)?|考核(?:方式|标准)|印证材料|佐证材料|下步.*|存在.*|意见|牵头市?领导"
        ),
    ),
    (Role.OFFICE, re.compile(r"(?:责任|牵头|承办|主办|配合|主责|落实)(?:科室|股室|处室|室|科)|科室|股室|处室|(?:局)?内设机构")),
    # Columns that only other tables have: rosters, timetables, score sheets, inventories, statistics.
    (
        Role.FOREIGN,
        re.compile(
            r"姓名|性别|民族|职务|职称|学历|出生.*|年龄|电话|手机.*|身份证.*|学校代码|班级|学科|科目|课程|主讲.*|"
            r"分值|得分|自评.*|评分.*|扣分.*|权重|满分|赋分|评价(?:要点|标准|等级)|名额.*|数量|单价|规格.*|型号|品牌|"
            r"星期|日期|上午|下午|合计|小计|总计|人数|班数|面积|邮编|工作单位(?:及职务)?|单位名称|学校(?:名称)?|奖项"
        ),
    ),
    (Role.KIND, re.compile(r"(?:指标)?(?:属性|性质)")),
    (Role.UOM, re.compile(r"(?:计量|计算)?单位")),
    (Role.INDICATOR, re.compile(r"(?:主要|具体|核心|监测|发展|目标|预期|考核|[一二三]级)*指标(?:名称|内容|项目)?|指标体系")),
    (
        Role.BASELINE,
        re.compile(
            r"(?:现状|基期|基准|基数|初始)(?:值|年|数|水平)?|现有(?:水平|数|值)|.*(?:基期|基准|实际|完成|现状)(?:值|数)|(?:目前|当前)(?:值|水平)"
        ),
    ),
    (
        Role.YEAR,
        re.compile(
            r"(?:到|截至|至)?(?:19|20)\d\d年?(?:底|末)?(?:\(?(?:预期|目标|规划|预计|实际|现状|基期|基准|完成)?(?:值|目标|数)?\)?)"
        ),
    ),
    (
        Role.TARGET,
        re.compile(r"(?:规划|预期|发展|终期|期末|计划)?目标值|(?:预期|规划)(?:值|数)|.{0,4}(?:末|期末)(?:目标)?值?|目标数"),
    ),
    (Role.OWNERS, re.compile(r"(?:牵头|主责|责任).{0,4}[及和与/、(](?:配合|参与|协同|协办).*")),
    (Role.PARTICIPANTS, re.compile(r"(?:.*(?:配合|参与|参加|协同|协办|协作|协助|支持|会办|联办|成员).*)")),
    (Role.LEAD, re.compile(r".*(?:牵头|主责|主办|第一责任|首要责任).*")),
    (
        Role.DUE,
        re.compile(
            r".*(?:时限|期限|年限|限期|起止).*|(?:计划|预计|拟|应|办理|整改|序时)?(?:完成|办结|建成|达标|整改)(?:时间|日期|节点|年份|时间节点|进度)|"
            r"时间(?:节点|安排|进度|要求|表|计划)?|(?:推进|序时|工作|实施|进度)?(?:计划|进度)(?:安排|要求|节点)?|节点(?:安排|时间|要求)?|"
            r"(?:建设|实施|规划|执行)(?:时间|周期|时段|年度|期)|年度|(?:工作|推进)节点"
        ),
    ),
    (
        Role.GOAL,
        re.compile(
            r".*(?:目标|成果|成效|预期|愿景|达成|产出|效果|标志|指标任务|(?:验收|完成|质量)标准|任务指标|量化(?:指标|要求|标准)).*",
        ),
    ),
    (
        Role.MEASURE,
        re.compile(
            r".*(?:内容|措施|举措|做法|路径|要点|要求|事项要求|任务要求|抓手|方案|主要任务|实施步骤|工作安排|政策|描述|建设任务)(?:及.*|和.*)?|"
            r"(?:具体|主要|落实)(?:任务|事项|工作)(?:分解|内容)?|(?:工作|任务)分解|概况"
        ),
    ),
    (
        Role.OWNERS,
        re.compile(
            r".*(?:责任|承办|落实|实施|组织|执行|承担|主管|负责|建设|完成|分工|申报|职能)(?:单位|部门|主体|分工|机构|方)(?:及.*|和.*)?|责任|分工|部门|职责分工|任务分工|责任清单"
        ),
    ),
    (
        Role.NAME,
        re.compile(
            r".*(?:项目|行动|工程|任务|名称|类别|类型|领域|板块|方面|事项|计划|专项|举措名称|条目|模块|工作|维度|重点|主题|分类|环节|清单|一级|二级|阶段|步骤|问题|问题表现|短板|难点)(?:名称|类别|分类)?"
        ),
    ),
)


def plain_name(text: str) -> str:
    """A header's words as they are looked up: without white space, full-width forms, and what stands in brackets.

    >>> plain_name("总投资\\n（万元）"), plain_name("内  容  措  施")
    ('总投资', '内容措施')
    """
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    return re.sub(r"\([^()]*\)$|[“”\"]", "", folded).strip(":")


def role_of(text: str) -> Role | None:
    """What a column of this name holds; None where the text is no name of a column.

    >>> [role_of(t).value for t in ("完成\\n时限", "责任科室", "责任单位", "目标任务", "主要任务", "重点任务", "建设年限")]
    ['due', 'office', 'owners', 'goal', 'measure', 'name', 'due']
    >>> role_of("县教体局、县财政局") is None
    True
    """
    name = plain_name(text)
    if not name or len(name) > _LONGEST_NAME or re.search(r"[,，。;；、《》]", name.replace("、", "", 1)):
        return None
    for role, pattern in _NAMES:
        if pattern.fullmatch(name):
            return role
    return None


def uom_in_brackets(text: str) -> str | None:
    """The unit that stands in brackets at the end of a name: 在校生（万人） gives 万人."""
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    match = re.search(r"\((?:单位[::])?([^()]{1,6})\)$", folded)
    return match[1] if match else None
