"""Names that no card lists: of an honour (省级全环境育人规范校) and of a matter (重点项目清单)."""

from __future__ import annotations

import re

from xiangxu.model.plan import Promise

# What stands before the name of an honour: deeds, numbers, levels, places of the countryside, who gets it.
_BEFORE = re.compile(
    r"积极|争创|创建[为成]?|创成|建成|建设|打造|评选|评为|评定为|遴选|推荐|推介|申报|申请|争取|培育|选树|表彰|认定|达到|支持|鼓励|指导"
    r"|一批|不少于|至少|参与|参加|实现|全部|\d+[个所处名项家]?|(?:国家|[省市县区])(?:、?[省市县区])*[级定](?:[、和或]|以上)?|全国|所有|每个|各|乡村|农村|乡镇|中小学校?"
)
# What the name of an honour ends with.
_HONOUR = re.compile(
    r"[\u4e00-\u9fff“”]{2,16}?(?:校园|示范[校园县镇区]|规范校|实验[校区]|特色学校|学校|幼儿园|图书馆|支部|学科基地|基地|专业|课程|案例|高中|试点"
    r"|班主任|教师|工作室|品牌)"
)
# What is done with a matter, before and after its name.
_DONE = re.compile(
    r"^(?:[一二三四五六七八九十]是)?(?:建立健全|建立完善|建立|健全|完善|制定|制订|编制|出台|印发|成立|设立|搭建|建成|建设|形成|实行|推进)+"
    r"|(?:建立健全|建立完善|建立|健全|完善|制定|制订|编制|出台|印发|成立|设立|搭建|建成|建设|形成|实行|启用)+$"
)


def honour_in(promise: Promise) -> str | None:
    """The name of the honour that a promise is after, without deed, number and level; None where none is seen.

    >>> from xiangxu.model.place import Place
    >>> from xiangxu.model.plan import Op
    >>> honour_in(Promise("争创省级蓝色海湾示范校3所", "body 1", "示范校数", None, Op.EQ, Place(0, 1, 1)))
    '蓝色海湾示范校'
    """
    found = [match[0] for part in _BEFORE.split(promise.quote) if (match := _HONOUR.search(part))]
    # Who is to get it stands before it (中心幼儿园全部达到省级示范幼儿园标准).
    return re.sub(r"[“”]", "", found[-1]) if found else None


def matter_in(promise: Promise) -> str | None:
    """What a mechanism, list or platform is about, in the words of the promise without what is done with it."""
    matter = _DONE.sub("", _DONE.sub("", promise.metric))
    return matter or None
