"""Promises without a figure: all, none, more, less, one deliverable; and slogans, which promise nothing."""

from __future__ import annotations

import pytest

from tests.core.importer.promises.reading import ops, read

ALL = [
    "乡村学校卫生厕所全部改造完成",
    "实现校园无线网络全覆盖",
    "各乡村学校均成立安全保卫科",
    "所有学校达到绿色学校标准",
    "中小学普遍设立劳动周",
    "配齐配足专职体育教师",
    "国家课程开齐开足",
    "家庭经济困难学生应助尽助",
    "落实留守儿童“一人一档”",
    "“一校一策”做好学生分流",
    "逐校建立问题台账",
    "直饮水设备实现校校通",
    "三年内将校长轮训一遍",
    "新任教师全员持证上岗",
    "同步课堂覆盖所有教学点",
    "全部实现“千兆进校”",
    "各乡镇于2025年5月底前制定落实方案",
    "监测结果逐校反馈",
    "对未达标的学校逐一约谈",
    "对发现的隐患逐项销号",
    "连续两次不合格的予以摘牌",
    "对违规办园行为查实一起、整改一起",
    "专职保安、一键报警实现全配备",
    "对群众反映的诉求件件有回音",
    "每生一床一柜",
    "警示牌、救生圈一塘一套",
    "厨房人员持健康证上岗",
    "全面开展乡村校舍安全排查",
    "根据实际需要配齐应急器材",
]
ZERO = [
    "失学辍学儿童动态清零",
    "义务教育阶段辍学人数持续为零",
    "杜绝重大校园安全责任事故",
    "清单以外的事项零进校",
    "严禁任何单位借用乡村教师",
    "不得以任何名义组织排名",
    "教学点数量不再新增",
    "确保不发生溺亡事件",
    "确保不因家庭经济困难而失学",
    "个人信息泄露事件零发生",
    "2026年底前消除大班额",
    "对群众要求保留的教学点一个不撤",
    "确保适龄儿童不因贫失学",
    "防范遏制重特大校园安全事故",
    "不以升学率给学校排名",
]
MORE = ["在编教师比例逐年提升", "确保教育投入“两个”只增不减", "一般公共预算教育支出只增不减"]
LESS = ["非正常死亡事件只降不升", "大幅精简文件和会议", "城乡教师学历结构差距明显缩小"]
DONE = [
    "制定乡村校长培养计划",
    "建立月调度通报制度",
    "成立领导小组",
    "建成市级教育大数据平台",
    "遴选一批乡村学生研学基地",
    "将乡村教育纳入乡镇综合绩效考核",
    "2027年底组织开展终期评估",
    "每学期常态化开展网上巡课",
    "通过国家义务教育优质均衡发展评估认定",
    "于6月10日前报县教育局",
    "在引领校中设置乡镇学校专项比例",
    "形成校园周边治理长效机制",
]
SLOGANS = [
    "坚持因地制宜、一镇一策、一校一案",
    "鼓励“一校一策”探索实践",
    "让每个孩子都能感受到温暖",
    "全面提升教育教学质量",
    "均衡配置城乡师资",
    "选优配强学校领导班子",
    "防止“一刀切”",
    "不搞“一刀切”",
    "不断增强人民群众获得感",
    "形成齐抓共管的良好局面",
    "缩小城乡差距、消除体制障碍",
    "提高站位、统一思想",
    "确保件件有着落、事事有回音",
    "对照台账逐项细化举措",
    "对照目标逐项盘点",
    "坚持系统推进，不急功近利、不搞大拆大建",
    "争取上级财政资金对学校予以支持",
    "机制健全、成效明显",
]


@pytest.mark.parametrize(
    ("text", "op"),
    [
        (t, op)
        for op, texts in (("all", ALL), ("zero", ZERO), ("increase", MORE), ("decrease", LESS), ("done", DONE))
        for t in texts
    ],
)
def test_promises_without_a_figure(text: str, op: str) -> None:
    """The wording tells the operator; none of them carries a figure but the nought of zero."""
    (promise,) = read(text)
    assert promise.op.value == op
    assert promise.value == (0 if op == "zero" else None)


@pytest.mark.parametrize("text", SLOGANS)
def test_slogans_promise_nothing(text: str) -> None:
    """Principles, manners and good wishes name no group, no deliverable and nothing to be ended."""
    assert ops(text) == []


def test_lists_of_alls() -> None:
    """Bandwidth to county, school and class is a promise each; so are 全覆盖、全保障."""
    assert ops("实现万兆到县、千兆到校、百兆到班") == ["all"] * 3
    assert ops("课后服务全覆盖、全保障") == ["all"] * 2
    assert ops("全部实现“千兆进校、百兆进班”、中心校录播室全覆盖") == ["all"] * 3


def test_what_is_told_of_each_member_goes_on() -> None:
    """After 所有学校均…, a verb without a subject goes on about each of them, up to the end of that part of the sentence."""
    assert ops("所有学校均建设家长委员会，有独立办公场所，落实专职人员") == ["all"] * 3
    assert ops("所有学校均建设家长委员会；落实专职人员") == ["all"]
    assert ops("各学校分级制定应急预案，明确每项预案的牵头科室") == ["all"] * 2
    assert ops("所有学校均设立卫生室，明确岗位职责、加强业务培训、改善工作条件") == ["all"]
    assert ops("各镇制定实施方案，明确时间表、路线图") == ["all"]


def test_what_each_sets_up_and_staffs_is_two() -> None:
    """各学校均设立甲并配备乙: each has both, and each can be missed alone; 均衡 names no group."""
    (room, people) = read("各学校均设立卫生室并配备专职保健人员")
    assert (room.metric, people.quote, room.op.value, people.op.value) == ("卫生室", "配备专职保健人员", "all", "all")
    assert "all" not in ops("基本实现义务教育优质均衡、学前教育普及普惠")


def test_covered_is_said_of_what_stands_before() -> None:
    """全覆盖 has its subject in the segment before, also where 基本实现 stands before it; a rule takes along only its condition."""
    assert [p.quote for p in read("推动建立社区辅导站，到2026年基本实现全覆盖")] == ["推动建立社区辅导站，到2026年基本实现全覆盖"]
    long = "2026年45周岁以下校长达到一半以上并且逐步优化专业结构和学科结构、在一所学校连续任满两届的校长或副校长，应当交流"
    assert read(long)[-1].quote == "在一所学校连续任满两届的校长或副校长，应当交流"


@pytest.mark.parametrize("text", ["在开齐开足国家课程的基础上深化改革", "对未配齐教师的学校进行指导", "强化系统安全保障"])
def test_conditions_and_topics_are_no_promises(text: str) -> None:
    """The whole group may also be a starting point or a condition."""
    assert "all" not in ops(text)


def test_a_figure_comes_before_the_words_around_it() -> None:
    """A rate of a measure named after all (“千兆进校”覆盖率) is a rate."""
    assert ops("“千兆进校、百兆进班”覆盖率达到30%以上") == ["ge"]


@pytest.mark.parametrize(
    ("text", "op"),
    [
        ("义务教育教师平均工资收入水平不低于当地公务员平均工资收入水平", "ge"),
        ("教学设备与应用水平不低于城区学校（幼儿园）", "ge"),
        ("教师学历比例高于全省平均水平", "ge"),
        ("学生近视率不高于全省平均水平", "le"),
    ],
)
def test_a_standard_instead_of_a_figure(text: str, op: str) -> None:
    """不低于当地公务员 is at least, without a value."""
    (promise,) = read(text)
    assert (promise.op.value, promise.value) == (op, None)


def test_each_of_several_named_things() -> None:
    """溺水、欺凌事件零发生 promises it of each; of 溺水、欺凌等事件 as of one kind."""
    assert ops("溺水、校园欺凌事件零发生") == ["zero"] * 2
    assert ops("溺水、校园欺凌等事件零发生") == ["zero"]


def test_a_rule_over_two_segments() -> None:
    """任满两届的，应当交流 is a rule for all whom its condition names; the quote holds both halves."""
    (promise,) = read("校长在同一学校任满两届的，应当交流任职")
    assert (promise.op.value, promise.quote) == ("all", "校长在同一学校任满两届的，应当交流任职")


def test_what_opens_without_a_subject_takes_it_along() -> None:
    """逐校反馈 alone does not say what; the segment before does."""
    (promise,) = read("监测结果重在改进，逐校反馈、对症开方")
    assert promise.quote == "监测结果重在改进，逐校反馈、对症开方"
