"""Quantities as promises: one table for each way in which offices state a figure."""

from __future__ import annotations

import pytest

from tests.core.importer.promises.reading import figures, read

STATED = {
    # bare numbers, scales and units
    "新建乡村寄宿制学校6所": [("eq", 6, None, "所")],
    "建成教师周转宿舍１２０套": [("eq", 120, None, "套")],
    "汇聚优质课程资源1.7万条": [("eq", 17000, None, "条")],
    "市级财政安排专项资金2.4亿元": [("eq", 240_000_000, None, "元")],
    "新增寄宿床位1,200张": [("eq", 1200, None, "张")],
    "完成校舍加固11万平方米": [("eq", 110_000, None, "平方米")],
    "培训教师150万人次": [("eq", 1_500_000, None, "人次")],
    "新建幼儿园（所）：5": [("eq", 5, None, "所")],
    # suffixes
    "创建市级以上特色学校8所以上": [("ge", 8, None, "所")],
    "新增床位1800张左右": [("eq", 1800, None, "张")],
    "缺额控制在10人以内": [("le", 10, None, "人")],
    "整合为三个或多个独立法人机构": [("ge", 3, None, "个")],
    "审批时间压缩到20个工作日内": [("le", 20, None, "个工作日")],
    "补充教师5000余名": [("gt", 5000, None, "名")],
    # words before the figure
    "每校不少于2名专职保安": [("ge", 2, None, "名")],
    "选派骨干教师不低于符合条件教师总数的12%": [("ge", 12, None, "%")],
    "每学期至少到校上1次思政课": [("ge", 1, None, "次")],
    "满意度超过93%": [("gt", 93, None, "%")],
    "月活跃率突破90%": [("gt", 90, None, "%")],
    "流失率低于2%": [("lt", 2, None, "%")],
    "闲置时间不得超过1年": [("le", 1, None, "年")],
    "新增学位约900个": [("eq", 900, None, "个")],
    "占比达10%左右": [("eq", 10, None, "%")],
    "普惠率达到95%": [("ge", 95, None, "%")],
    "到校比例稳定在70%": [("eq", 70, None, "%")],
    "教育主要指标进入全省前三位": [("le", 3, None, "位")],
    # ranges
    "帮助学生掌握1至2项艺术特长": [("between", 1, 2, "项")],
    "带动两到三所农村中心校": [("between", 2, 3, "所")],
    "打造1—2个实训基地": [("between", 1, 2, "个")],
    "每人每月300元至900元分档发放": [("between", 300, 900, "元")],
    "轮岗比例达到12%至15%": [("between", 12, 15, "%")],
    # shares in words
    "优良率达到百分之六十以上": [("ge", 60, None, "%")],
    "骨干教师不少于五分之一": [("ge", 20, None, "%")],
    "年轻校长占三成以上": [("ge", 30, None, "%")],
    "参与面超过半数": [("gt", 50, None, "%")],
    "80%的乡镇达到标准": [("ge", 80, None, "%")],
    "乡村教师中本科比例达到九成五": [("ge", 95, None, "%")],
    "其中骨干教师至少占一半": [("ge", 50, None, "%")],
    "学生参与率过半": [("gt", 50, None, "%")],
    "三分之二以上的教师持证": [("ge", 66.67, None, "%")],
    # per head
    "补助标准提高到每生每年1250元": [("eq", 1250, None, "元")],
    "每个节目限3名指导教师": [("le", 3, None, "名")],
    "每人每年不少于90学时": [("ge", 90, None, "学时")],
    "不足100人的学校按100人核定公用经费": [("eq", 100, None, "人")],
    # scores, batches, rounds, days of each week
    "群众满意度不低于90分": [("ge", 90, None, "分")],
    # temperatures
    "室内温度保持在20至24摄氏度": [("between", 20, 24, "摄氏度")],
    "教室冬季温度不低于16℃": [("ge", 16, None, "摄氏度")],
    "空调设定不低于26度": [("ge", 26, None, "度")],
    # time limits
    "家长来信五个工作日内答复": [("le", 5, None, "个工作日")],
    "12小时内报告": [("le", 12, None, "小时")],
    "发现缺课学生，2日内入户核实": [("le", 2, None, "日")],
    # per cent in words, and ranges of them
    "管理费控制在百分之二点五以内": [("le", 2.5, None, "%")],
    "抽查比例为百分之二十至百分之三十": [("between", 20, 30, "%")],
    "合格率达到百分之95": [("ge", 95, None, "%")],
    "每班添置一至两台饮水机": [("between", 1, 2, "台")],
    "新装喷头40个": [("eq", 40, None, "个")],
    "分两批完成试点遴选": [("eq", 2, None, "批")],
    "班主任每学期家访1遍以上": [("ge", 1, None, "次")],
    "课后服务每周开展5天": [("eq", 5, None, "天")],
    "集团每两周开展一次联合教研": [("eq", 1, None, "次")],
    # changes
    "工作补贴人均月增200元": [("increase", 200, None, "元")],
    "公办园增加12所": [("increase", 12, None, "所")],
    "增加学位600个": [("eq", 600, None, "个")],
    "小规模学校减少12所": [("decrease", 12, None, "所")],
    "教学点减少到5个": [("eq", 5, None, "个")],
    "校际差异系数平均值比2024年下降约0.05": [("decrease", 0.05, None, None)],
    "压减各类检查20%以上": [("decrease", 20, None, "%")],
    "高级岗位比例上浮2至4个百分点": [("increase", 2, 4, "个百分点")],
    "办学投入增长一倍": [("increase", 1, None, "倍")],
    "近视率每年下降0.8个百分点": [("decrease", 0.8, None, "个百分点")],
    "优良率每年提高1.5个百分点以上": [("increase", 1.5, None, "个百分点")],
    "报表数量减少三成以上": [("decrease", 30, None, "%")],
    "合作企业数量翻一番": [("increase", 100, None, "%")],
    "差距缩小到3个百分点以内": [("le", 3, None, "个百分点")],
    # coefficients and ratios
    "校际差异系数控制在0.45以内": [("le", 0.45, None, None)],
    "城乡学历比例之比降至1.05以内": [("le", 1.05, None, None)],
    "学业水平与优质学校差异率低于0.15": [("lt", 0.15, None, None)],
    # each member gets one
    "每个乡镇办好1所公办中心园": [("all", 1, None, "所")],
    "每学年全员测试一次": [("all", 1, None, "次")],
    "每五年对乡村教师轮训一遍": [("all", 1, None, "遍")],
    "学校出口带宽全部达到1000M以上": [("all", 1000, None, "M")],
    "每名留守儿童结对1名关爱教师": [("eq", 1, None, "名")],
    "所有乡村学校建成一处劳动实践场所": [("all", 1, None, "处")],
    "每名留守儿童结对一名关爱教师": [("all", 1, None, "名")],
    "隐患整改率达到100%": [("all", 100, None, "%")],
    "科学副校长配备率达到百分之百": [("all", 100, None, "%")],
    "每校安排1名民警、2名协管员驻点": [("all", 1, None, "名"), ("all", 2, None, "名")],
    "每口水井明确1名管护员": [("all", 1, None, "名")],
    "每餐一名校领导带班": [("all", 1, None, "名")],
    "每所学校建一块“四季菜园”": [("all", 1, None, "块")],
    "人人学会一项民间技艺": [("all", 1, None, "项")],
    # a ratio of people, and what is done so often, are no figure for each member
    "每四十名学生配备一名生活教师": [("eq", 1, None, "名")],
    "每校每年推荐3名教师参评": [("eq", 3, None, "名")],
    # routines by name
    "每周一调度、每月一通报": [("eq", 1, None, "次"), ("eq", 1, None, "次")],
    "河长每日巡查两遍": [("eq", 2, None, "遍")],
    "落实“一月一排查”制度": [("eq", 1, None, "次")],
}


@pytest.mark.parametrize("text", STATED)
def test_figures_as_stated(text: str) -> None:
    """Operator, value and unit are those that the words state."""
    assert figures(text) == STATED[text]


SHARED = {
    "优良率、合格率达到55%、95%以上": [("ge", 55, None, "%"), ("ge", 95, None, "%")],
    "公办率和普惠率分别达到50%、90%": [("ge", 50, None, "%"), ("ge", 90, None, "%")],
    "公办园68所，民办园11所": [("eq", 68, None, "所"), ("eq", 11, None, "所")],
    "表彰优秀教师30名、优秀班主任20名": [("eq", 30, None, "名"), ("eq", 20, None, "名")],
    "建成省级校5所以上、市级校10所以上": [("ge", 5, None, "所"), ("ge", 10, None, "所")],
    "班额控制在小学45人、初中50人以内": [("le", 45, None, "人"), ("le", 50, None, "人")],
    "开出率、合格率均不低于98%": [("ge", 98, None, "%"), ("ge", 98, None, "%")],
    "小学、初中课后服务覆盖率稳定在98%以上": [("ge", 98, None, "%")] * 2,
    "8个边远教学点不低于900元": [("ge", 900, None, "元")],
    "活动场地面积、用房面积、绿地面积三项指标达标率分别达到50%以上": [("ge", 50, None, "%")] * 3,
    # the second statement leaves the predicate out
    "生均图书达到小学25册、初中35册": [("ge", 25, None, "册"), ("ge", 35, None, "册")],
    "遴选不少于20所学校、50名教师参加试点": [("ge", 20, None, "所"), ("ge", 50, None, "名")],
    "培养10名领军校长、100名骨干校长": [("eq", 10, None, "名"), ("eq", 100, None, "名")],
    "落实一年四次八课时家长课程": [("eq", 4, None, "次"), ("eq", 8, None, "课时")],
    "东湖学校、西山学校各建成1个实验基地": [("eq", 1, None, "个")] * 2,
}


@pytest.mark.parametrize("text", SHARED)
def test_shared_predicates(text: str) -> None:
    """Figures and metrics that share a predicate give a promise for each."""
    assert figures(text) == SHARED[text]


def test_shared_predicate_names_each_metric() -> None:
    """Of two metrics with two figures each figure is told of its own metric, with one quote for both."""
    first, second = read("城区公办率和普惠率分别达到50%、90%")
    assert (first.metric, second.metric) == ("城区公办率", "普惠率")
    assert first.quote == second.quote == "城区公办率和普惠率分别达到50%、90%"


@pytest.mark.parametrize(
    ("text", "op", "value", "baseline"),
    [
        ("乡村中小学由54所缩减到41所", "eq", 41, 54),
        ("教学点由13个减至7个", "eq", 7, 13),
        ("达标率由71%提高到88%以上", "ge", 88, 71),
        ("公办园占比从57.4%提升至65%以上", "ge", 65, 57.4),
        ("公办园由96所优化至88所左右", "eq", 88, 96),
        ("达标率由2024年的71%提高到95%以上", "ge", 95, 71),
        ("生活补助最低档由每人每月300元提高到500元", "eq", 500, 300),
        ("生均经费从2024年底的每生每年1200元增至1500元", "eq", 1500, 1200),
    ],
)
def test_baselines(text: str, op: str, value: float, baseline: float) -> None:
    """What it is raised from is the baseline of one promise, not a promise of its own."""
    (promise,) = read(text)
    assert (promise.op.value, promise.value, promise.baseline) == (op, value, baseline)


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("每年招聘教师85名以上", "year"),
        ("每学年培训不少于48学时", "year"),
        ("年均培训约3万人次", "year"),
        ("每学期演练不少于3次", "term"),
        ("送教每月不少于2次", "month"),
        ("按月发放每人300元补贴", "month"),
        ("每班每周开设1至2节", "week"),
        ("补贴人均月增200元", "month"),
        ("生活补助由每人每月300元提高到500元", "month"),
        ("人均月补助不低于900元", "month"),
        ("学期末账户结余不超过2%", "term"),
        ("每月一通报", "month"),
        ("年招录规模由180人扩大到260人", "year"),
        ("每季度通报一次", None),
        ("每半年召开1次会议", None),
        ("每天锻炼不少于2小时", None),
    ],
)
def test_frequency(text: str, per: str | None) -> None:
    """The stretch of time is the one named nearest to the figure; half a year and a day have no word in the form."""
    (promise,) = [p for p in read(text) if p.value is not None]
    assert (promise.per and promise.per.value) == per


def test_frequency_holds_for_what_is_named_beside_it() -> None:
    """每年表彰教师30名、班主任20名 is yearly for both, and so is a share of it named with 其中."""
    assert [p.per and p.per.value for p in read("每年表彰教师30名、班主任20名，其中乡村教师不少于15名")] == ["year"] * 3
    assert [p.per and p.per.value for p in read("每年交流教师60名，骨干教师占比不低于25%")] == ["year"] * 2
    assert [p.per and p.per.value for p in read("每年安排经费不少于30万元，较上年增长6%以上")] == ["year"] * 2
    assert [p.per and p.per.value for p in read("每周一调度、每月一通报")] == ["week", "month"]


def test_a_time_limit_names_what_is_to_be_done() -> None:
    """What is measured by a time limit is the time that the act may take."""
    assert [p.metric for p in read("学生走失，12小时内报告")] == ["报告时限"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("表彰10名优秀教师", [("eq", 10, None, "名")]),
        ("培育100个体育社团", [("eq", 100, None, "个")]),
        ("遴选100名师德标兵", [("eq", 100, None, "名")]),
        ("支持5所有条件的学校先行先试", [("eq", 5, None, "所")]),
        ("惠及30万人口", []),
        ("选派骨干到3年级任教", []),
    ],
)
def test_a_measure_word_may_begin_another_word(text: str, expected: list[object]) -> None:
    """After digits 名, 个 and 所 are measure words whatever follows; 人口 and 年级 are words of their own."""
    assert figures(text) == expected
