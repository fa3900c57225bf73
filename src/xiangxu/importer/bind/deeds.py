"""What is done in a promise, and in which registry such deeds are entered.

A card names things (星级图书馆, 周转宿舍), and no list of things is ever complete: counties invent honours and build what no card
names. The verb tells where it is entered all the same: what is applied for and awarded is a recognition, what is built is a
project, who is sent is a placement. So a registry's cards are likely for its deeds even where none of their words stands there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from xiangxu.importer.bind.wording import plain

# By table of the field dictionary: the deeds (and the general names of what comes of them), and how much one of them says alone.
_DEEDS: Mapping[str, tuple[str, float]] = {
    "recognitions": (
        r"争创|创建|创成|评选|评为|评定为|表彰|命名|选树|申报|申请创|遴选推荐|积极争取"
        r"|(?:示范|实验|特色|领航|样板|标杆|规范|星级|先进|优秀|高水平|试点)[^，。、]{0,6}?(?:(?<![一在（])[校园]|镇|点|班主任|教师|案例|高中|专业|支部)"
        r"|省(?:级|定)?[一二三]类|(?:国家|[省市县区])[级、][^，。]{0,8}?(?:校园|示范|(?<!中)(?<!小)学校|(?<!幼儿)园|支部|学科|案例|试点|成果)",
        1.0,
    ),
    "construction-projects": (
        r"新建|改扩建|扩建|改建|迁建|翻建|维修|修缮|修建|加固|更换|改造(?!提升率)|异址|建设项目|工程项目|建[成设][^，。]{0,14}(?:间|套|栋)",
        0.9,
    ),
    "cultivated-persons": (r"(?:培养|培育|培树|遴选)[^，。]{0,16}(?:教师|名师|校长|园长|带头人|班主任|人才)", 0.9),
    "placements": (r"选派|派驻|支教|挂职|顶岗|跟岗|送课下乡|到[^，。]{0,8}(?:任教|任职|担任)", 0.9),
    "pairings": (r"结对|共同体|联盟|教育集团|集团化|联合体|协作体|合作办学|校企合作|深度合作", 0.8),
    "bases": (r"基地|实践点|实践场所|营地|体验点", 0.8),
    "courses": (r"(?:开发|研发|打造|建设|遴选|评选)[^，。]{0,14}(?:课程|精品课|思政课)", 0.9),
    "studios": (r"工作室|工作坊", 0.9),
    "clubs": (r"社团", 0.9),
    "teams": (r"(?:组建|成立|建设)[^，。]{0,14}(?:团队|讲师团|宣讲团|导师团|指导委员会|专家库)", 0.8),
    "service-points": (
        r"(?:建立|建成|设立|设置|建设|实现)[^，。]{0,16}(?:站|岗|驿站|关爱室|服务点|资源中心|辅导室|资源教室)",
        0.8,
    ),
    "training-courses": (r"(?:举办|组织)[^，。]{0,12}(?:培训班|研修班|专题班)|培训[^，。]{0,6}期", 0.9),
    "unit-plans": (
        r"(?:一校一[案策]|一镇一[案策]|一园一[案策]|[各每全][^，。]{0,12}(?:制定|编制|出台|制订)[^，。]{0,14}(?:方案|规划|计划|细则))",
        1.0,
    ),
    "compliance-findings": (r"违规|严禁|不得|禁止|杜绝.{0,8}(?:行为|招生|收费)|零容忍|挤占", 0.8),
    "school-heads": (r"(?:校长|园长|校级干部)[^，。]{0,12}(?:岁|后|轮训|培训|任期|交流)|(?:岁|后)[^，。]{0,8}(?:校长|园长)", 0.9),
    "emergency-plans": (r"预案", 0.8),
    "digital-resources": (r"(?:汇聚|建成|录制|遴选|涵盖|整合)[^，。]{0,14}(?:资源|课例|教材|微课)", 0.8),
    "school-contacts": (r"(?:联系|包挂|帮扶|包联)[^，。]{0,6}(?:所|处|个|名)?(?:乡村|农村|学校|制度)", 0.7),
    "parent-bodies": (r"家长委员会|家委会|家长学校", 0.8),
    "school-brands": (r"一校一品|一园一品|一校一特|一校一品牌|特色项目|特色品牌|党建品牌", 0.9),
    "school-changes": (r"撤并|撤销|停办", 0.6),
    "gap-ledger": (r"台账|问题清单|整改清单", 0.8),
    "research-roles": (r"教科研|科研骨干|课题", 0.6),
    "requests": (r"诉求|来信来访|投诉|接诉即办", 0.8),
    "public-services": (r"线上办理|网上办理|一网通办|全程网办|掌上办", 0.8),
}

# A plan that is made without saying by whom is as often one of the county: half as sure.
_PLANS = re.compile(r"(?:制定|制订)[^，。]{0,16}(?:方案|计划)")

_PATTERNS = {table: (re.compile(pattern), strength) for table, (pattern, strength) in _DEEDS.items()}


@lru_cache(maxsize=4096)
def deeds(words: str) -> Mapping[str, float]:
    """The registries in which what a promise says would be entered, with how much its words say so.

    >>> deeds("争创省级书香校园5所")
    {'recognitions': 1.0}
    """
    said = plain(words)
    found = {table: strength for table, (pattern, strength) in _PATTERNS.items() if pattern.search(said)}
    if "unit-plans" not in found and _PLANS.search(said):
        found["unit-plans"] = 0.5
    return found
