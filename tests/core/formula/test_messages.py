"""One bad formula for each mistake, with the message that a clerk reads."""

from __future__ import annotations

import pytest

from xiangxu.formula import FieldWord, FormulaError, Kind, ParamWord, check, parse

FIELDS = {
    "fitness": [
        FieldWord("tested", "参测学生"),
        FieldWord("good", "体质优良学生"),
        FieldWord("stage", "学段", Kind.CHOICE, ("小学", "初中")),
        FieldWord("level", "级别", Kind.CHOICE, ("县级", "省级"), ordered=True),
        FieldWord("water", "饮用水达标", Kind.YES_NO),
        FieldWord("on", "测试日期", Kind.DATE),
        FieldWord("answer", "答复", Kind.CHOICE, ("是", "否", "不适用")),
    ],
    "county-year": [FieldWord("people", "人口"), FieldWord("tested", "参测学生")],
}
PARAMS = [ParamWord("stage", choices=("小学", "初中")), ParamWord("least", Kind.NUMBER), ParamWord("wet", choices=("是", "否"))]


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        ("", "第 1 列：公式是空的。请写一个公式，例如 sum(参测学生)。"),
        ("sum(参测学生", "第 9 列：公式到这里还没有写完，少了右括号 )。请补上。"),
        ("sum(参测学生))", "第 10 列：多了一个右括号。请删去，或在前面补上左括号。"),
        ("sum(参测学生) +", "第 12 列：公式到这里还没有写完，后面还应有字段、数字或函数。请补上，或删去末尾的符号。"),
        (
            "sum(参测 学生)",
            "第 8 列：“学生”的前面缺了运算符号（+ - * / = and or）或逗号。请补上；名称中有空格时，请把整个名称写在反引号 ` 里。",
        ),
        ("sum(* 2)", "第 5 列：“*”的前面缺了字段、数字或函数。请补上，或删去“*”。"),
        ("count(1 < 参测学生 < 3)", "第 16 列：比较不能连着写。请用 and 连接两个比较，例如 甲 >= 1 and 甲 <= 3。"),
        ("sum(参测学生】", "第 9 列：不认识的符号“】”。名称中有标点时，请把整个名称写在反引号 ` 里。"),
        ('count(学段 = "小学)', '第 12 列：引号 " 没有成对。文字请写在一对双引号里，特殊的字段名请写在一对反引号 ` 里。'),
        ("count(学段 = :)", "第 12 列：冒号后面应是参数名，例如 :stage。"),
        ("sum(2.x)", "第 6 列：小数点或表名的写法不对。小数写作 2.3，某张表的字段写作 表名.字段。"),
        ("where=3", "第 1 列：“where=”只能用在函数里，跟在逗号后面。如果是字段名，请写在反引号 ` 里。"),
        ("1" * 31, "第 31 列：数字太长，超过 30 位。请改短。"),
        ("x" * 100_000, "第 4001 列：公式太长：有 100000 个字符，最多 4000 个。请拆成几个指标。"),
        ("(" * 1000 + "1" + ")" * 1000, "第 51 列：括号套得太深，超过 50 层。请拆成几个指标。"),
        ("1" + " + 1" * 900, "第 1 列：公式套得太深，超过 80 层。请拆成几个指标。"),
        ("not " * 900 + "1 = 1", "第 321 列：公式套得太深，超过 80 层。请拆成几个指标。"),
    ],
)
def test_what_cannot_be_read(formula: str, message: str) -> None:
    """The message names the column, what is wrong and what to write instead."""
    with pytest.raises(FormulaError) as caught:
        parse(formula)
    assert str(caught.value).splitlines()[0] == message


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        (
            "sum(体质优秀学生)",
            "第 5 列：表 fitness 没有“体质优秀学生”这个字段。最接近的是“体质优良学生”。请改成已有的字段，或先在字段表里登记。",
        ),
        ("sum(人口)", "第 5 列：表 fitness 没有“人口”这个字段。它在表 county-year 里，请写 county-year.人口。"),
        ("sum(county-yaer.人口)", "第 5 列：没有“county-yaer”这张表。最接近的是“county-year”。请改表名，或在 reads 里写上它。"),
        (
            "sum(fitness.good / county-year.people)",
            "第 20 列：一个函数只能读一张表，这里已读 fitness，又读 county-year。请分成两个函数，再相加或相除。",
        ),
        ("count(学段 = :stag)", "第 12 列：没有“:stag”这个参数。最接近的是“stage”。请改名，或在 params 里写上 stag。"),
        (
            "summ(参测学生)",
            "第 1 列：没有“summ”这个函数。最接近的是“sum”。可用的函数是 sum、count、distinct、mean、min、max、median、quantile、share、cv、gap、change、units_with、units、abs、ceil、least、years。",
        ),
        ("sum_if(参测学生, 饮用水达标)", "第 1 列：没有“sum_if”这个函数。请写 sum(…, where=条件)。"),
        ("sum(参测学生, 体质优良学生)", "第 1 列：sum 要 1 个参数，这里有 2 个。写法如 sum(参测学生)。"),
        ("least(sum(参测学生))", "第 1 列：least 要 至少 2 个参数，这里有 1 个。写法如 least(sum(甲), sum(乙))。"),
        ("quantile(参测学生)", "第 1 列：quantile 要 2 个参数，这里有 1 个。写法如 quantile(在校生, 0.25)。"),
        ("quantile(参测学生, q=1.5)", "第 18 列：分位应在 0 到 1 之间，例如 0.25。"),
        ("units(1)", "第 1 列：units 要 0 个参数，这里有 1 个。写法如 units()。"),
        ("cv(参测学生)", "第 1 列：cv 缺少 by=。写法如 cv(图书, by=在校生)。"),
        ("sum(参测学生, by=体质优良学生)", "第 1 列：sum 不能用 by=；可用的是 each=、latest=、where=。"),
        ("abs(1, q=2)", "第 1 列：abs 不能用 q=；它不带命名参数。"),
        ("sum(参测学生, where=饮用水达标, where=饮用水达标)", "第 1 列：sum 里 where= 写了两次。请留一个，条件之间用 and 连接。"),
        ("sum(max(参测学生))", "第 5 列：“max”不能放在“sum”里面。要逐组计算，请在外层函数加 each=，例如 sum(…, each=town)。"),
        (
            "share(参测学生 > 1, each=town)",
            "第 7 列：字段“参测学生”在函数之外。请放进 sum()、count() 等函数里，例如 sum(参测学生)。",
        ),
        (
            "share(sum(参测学生) > 1, each=twon)",
            "第 27 列：不认识 each= 后面的“twon”。最接近的是“town”、“on”。可以写层级（school, kindergarten, town, cluster, village, county, department, teacher, person, unit）或字段名。",
        ),
        ("share(1 = 1, each=town)", "第 1 列：each= 要逐组计算，里面还缺一个函数。请写成例如 share(count(…) >= 1, each=town)。"),
        ("min(count(), each=town, where=饮用水达标)", "第 1 列：each= 和 where= 不能一起用。请把 where= 写进里面的函数。"),
        ("min(count(), each=town, latest=学段)", "第 1 列：each= 和 latest= 不能一起用。请把 latest= 写进里面的函数。"),
        ('sum(参测学生, latest="2025-11")', "第 18 列：latest= 后面应是一个字段名，例如 latest=期间。"),
        (
            "share(sum(参测学生) > 1, each=3)",
            "第 27 列：each= 后面应是层级（school, kindergarten, town, cluster, village, county, department, teacher, person, unit）或一个字段名。",
        ),
        ("100 * 参测学生", "第 7 列：字段“参测学生”在函数之外。请放进 sum()、count() 等函数里，例如 sum(参测学生)。"),
        ('count(参测学生 = "多")', '第 7 列：“参测学生”是数字，“"多"”是文字，不能比较。请让两边同是数字。'),
        ("count(学段 > :stage)", "第 7 列：“学段”的内容没有次序，不能比大小。请用 = 或 !=，或在字段表里给选项排次序。"),
        ('count(学段 = "小字")', "第 12 列：“学段”没有“小字”这个选项。可选的是小学、初中。"),
        ('count(参测学生 > "")', '第 7 列：空文字不能比大小。要问有没有填，请写 参测学生 != ""。'),
        ('count(饮用水达标 = "不适用")', '第 15 列：“不适用”等同没有填，不能比较。要问有没有填，请写 = "" 或 != ""。'),
        ('count(饮用水达标 > "否")', "第 7 列：是和否不能比大小。请用 = 或 !=。"),
        ("count(参测学生)", "第 7 列：这里应是一个条件，“参测学生”却是数字。请写成比较，例如 参测学生 > 0。"),
        ("count(学段)", '第 7 列：这里应是一个条件，“学段”却是选项。请写成比较，例如 学段 = "…"。'),
        ('count(学段 = "是")', "第 12 列：“学段”没有“是”这个选项。可选的是小学、初中。"),
        ("sum(饮用水达标)", "第 5 列：这里应是数字，“饮用水达标”却是是否。要数有几个，请写 count(饮用水达标)。"),
        ("sum(学段)", "第 5 列：这里应是数字，“学段”却是选项。请换成数字字段。"),
    ],
)
def test_what_does_not_make_sense(formula: str, message: str) -> None:
    """Unknown words come with the nearest known ones; each mistake says what to write instead."""
    faults = check(parse(formula), FIELDS, PARAMS)
    assert [str(fault).splitlines()[0] for fault in faults] == [message]


def test_the_place_is_marked_below_the_formula() -> None:
    """The mark stands below the word, though a Han character is two columns wide; a long formula is cut around the place."""
    (fault,) = check(parse("100 * sum(体质优良学生) / sum(参测人)"), FIELDS, PARAMS)
    assert str(fault).splitlines()[1:] == ["  100 * sum(体质优良学生) / sum(参测人)", "  " + " " * 30 + "^"]
    (fault,) = check(parse("1 + " * 40 + "sum(人数)"), FIELDS, PARAMS)
    _, shown, mark = str(fault).splitlines()
    assert shown.startswith("  …")
    assert shown[len(mark) - 1] == "人"


def test_every_fault_is_told_at_once() -> None:
    """A formula with several mistakes tells them all, in the order of the text."""
    faults = check(parse("sum(甲) / sum(乙) + summ(丙)"), FIELDS, PARAMS)
    assert [fault.column for fault in faults] == [5, 14, 19]


@pytest.mark.parametrize(
    "formula",
    [
        "100 * sum(good) / sum(参测学生)",
        "sum(county-year.people)",
        'count(学段 = :stage and 级别 >= "省级" and 测试日期 >= "2024-09-01")',
        'share(饮用水达标 = "是" and 参测学生 >= :least)',
        "share(count(饮用水达标) >= 1, each=学段)",
        "least(change(sum(good)), gap(mean(good)), sum(years(测试日期, 测试日期)))",
        'count(参测学生 != "")',
        'share(答复 = "是")',
        "count(饮用水达标 = :wet)",
    ],
)
def test_sound_formulas_have_no_fault(formula: str) -> None:
    """What may be written is not blamed."""
    assert not check(parse(formula), FIELDS, PARAMS)


def test_a_condition_on_one_row() -> None:
    """A filter speaks of a single row: fields stand alone in it, functions over rows do not."""
    assert not check(parse('学段 = "小学" and 参测学生 < 100'), FIELDS, PARAMS, of_row=True)
    (fault,) = check(parse("sum(参测学生) > 1"), FIELDS, PARAMS, of_row=True)
    assert "“sum”不能用在一行的条件里" in fault.what
