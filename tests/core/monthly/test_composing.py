"""What a bulletin says of a plan's state."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from tests.core.monthly.invented import a_month_ago, state
from xiangxu.monthly import NOBODY, BulletinContent, Gap, Kind, PlanState, Retold, compose
from xiangxu.targets.status import Status, Verdict


def text(content: BulletinContent, id: str) -> str:
    """The text of a block."""
    return {block.id: block for block in content.blocks}[id].text


def test_the_general_state_has_its_denominators() -> None:
    """Tasks of all, progress of those that reported, targets of those that can be judged."""
    content = compose(state())
    assert text(content, "overall:tasks") == (
        "列入调度的任务共12项，涉及4个责任单位。已报进展9项，占任务总数的75.0%；未报3项。"
        "已报任务中，已完成2项，正常推进3项，滞后2项，逾期2项，已完成的占已报任务的22.2%。"
    )
    assert text(content, "overall:targets") == (
        "方案目标共5个，能够评判的3个。其中，已达成1个，滞后1个，逾期1个。其余2个尚缺数据或尚未确定算法，不作评判，由本办公室补齐。"
    )
    share = content.figure("tasks.done.share")
    assert (share.value, share.of, share.rows) == (100 * 2 / 9, 9, ("t03", "t04"))


def test_silence_is_unreported_and_never_behind() -> None:
    """A task without a report, its deadline long past, stands under 未报 and in no list of overdue or lagging ones."""
    content = compose(state())
    assert "县财政局" in text(content, "silent")
    assert "不按滞后对待" in text(content, "silent")
    assert not [block.id for block in content.blocks if block.id.startswith(("overdue:", "behind:")) and "财政" in block.text]
    silent = {"t10", "t11", "t12"}
    assert set(content.figure("silent.tasks").rows) == silent
    for key in ("overdue.tasks", "behind.tasks"):
        assert not silent & set(content.figure(key).rows)
    lagging = next(block for block in content.blocks if block.id == "annex:lagging")
    assert lagging.table is not None
    assert lagging.table.keys == ("t01", "t09", "t02", "t08")


def split_state() -> PlanState:
    """The state with two tasks split over towns: one waits for two of four towns, the other is behind and lacks one town's report."""
    now = state()
    waits = Verdict(Status.WAITING_DATA, "4 个承担单位中 2 个未报。")
    split: dict[str, dict[str, Any]] = {
        "t10": {"verdict": waits, "parts": ("甲镇", "乙镇", "丙镇", "丁镇"), "silent": ("丙镇",), "partly": ("丁镇",)},
        "t08": {"parts": ("甲镇", "乙镇"), "silent": ("乙镇",)},
    }
    return replace(now, tasks=tuple(replace(task, **split.get(task.key, {})) for task in now.tasks))


def test_a_task_reported_in_part_is_not_unreported() -> None:
    """It is told with how many of how many units have reported and who has not, apart from 未报, and counted in no share of progress."""
    content = compose(split_state())
    assert "未报进展" in text(content, "heading:silent")
    assert content.figure("silent.tasks").rows == ("t11", "t12")
    assert text(content, "in-part:t10") == (
        "县财政局“生均公用经费足额拨付”由4个单位承担，已报2个，未报或未报齐2个：丙镇、丁镇（未报齐）。"
    )
    assert content.figure("in-part:t10.reported").rows == ("甲镇", "乙镇")
    assert "已报进展9项，占任务总数的75.0%；部分上报1项；未报2项。" in text(content, "overall:tasks")
    annex = next(block.table for block in content.blocks if block.id == "annex:in-part")
    assert annex is not None
    assert annex.rows == (("1", "生均公用经费足额拨付", "县财政局", "2/4", "丙镇、丁镇（未报齐）"),)


def test_a_lagging_split_task_names_who_is_missing() -> None:
    """Its state comes from those who reported; the sentence and the annex say whose report is missing."""
    content = compose(split_state())
    assert text(content, "behind:县住房和城乡建设局") == (
        "县住房和城乡建设局1项：“校舍安全加固”（2026年11月20日报滞后；尚未报：乙镇）。"
    )
    annex = next(block.table for block in content.blocks if block.id == "annex:lagging")
    assert annex is not None
    assert "尚未报：乙镇" in str(annex.rows)


def test_every_figure_in_a_sentence_has_a_key_and_its_rows() -> None:
    """No digit before 项, 个 or % stands outside a figure; each figure counts the rows it names."""
    content = compose(replace(split_state(), ranking=True), compose(a_month_ago()))
    keys = {figure.key for figure in content.figures}
    for block in content.blocks:
        for span in block.spans:
            assert not span.figure or span.figure in keys
            assert span.figure or not any(f"{digit}{uom}" in span.text for digit in "0123456789" for uom in "项个%"), block.id
    rows = {row.key for row in (*content.state.tasks, *content.state.targets, *content.state.gaps)}
    for figure in content.figures:
        if figure.counts != "units":
            assert set(figure.rows) <= rows
        if figure.uom != "%" and figure.counts != "gaps":
            assert figure.value == len(figure.rows)


def test_overdue_and_lagging_are_told_by_unit_with_their_reasons() -> None:
    """Unit, number, the office's own wording of the task, why."""
    content = compose(state())
    assert text(content, "overdue") == "逾期任务2项，涉及2个单位。"
    assert (
        text(content, "overdue:县教育和体育局")
        == "县教育和体育局1项：“新建改扩建公办幼儿园”（应于2025年12月31日完成，逾期324天）。"
    )
    assert text(content, "behind:县住房和城乡建设局") == "县住房和城乡建设局1项：“校舍安全加固”（2026年11月20日报滞后）。"


def test_tasks_of_nobody_make_no_unit() -> None:
    """Of which it is not settled who answers: told with their number, and not counted as one unit more."""
    known = state()
    tasks = tuple(replace(task, unit=NOBODY) if task.key == "t12" else task for task in known.tasks)
    content = compose(replace(known, tasks=tasks))
    assert content.figure("units").value == 3
    assert text(content, "silent").startswith("未报进展的任务3项，涉及1个单位：县财政局2项，未定牵头单位1项。")


def test_gaps_tell_lacking_and_unanswered_apart() -> None:
    """With how many the promise is for; a promise that all keep is no gap."""
    content = compose(state())
    assert text(content, "gap:p6") == (
        "“寄宿制学校热水设施”应覆盖12个单位，尚缺2个（石桥镇中心小学、柳河初中），未填报1个（白杨小学）。"
    )
    assert not [block for block in content.blocks if block.id == "gap:p7"]


def test_what_has_changed() -> None:
    """Each task once, by how it stands now; without a bulletin before nothing is said."""
    content = compose(state(), compose(a_month_ago()))
    assert text(content, "overall:changes") == (
        "与第2期（截至10月20日）相比，新完成1项，由滞后、逾期转为正常1项，补报进展1项，新出现滞后1项，新列入调度1项。"
    )
    assert content.compared_with == 2
    same = compose(state(), compose(state()))
    assert text(same, "overall:changes").endswith("各项任务的推进状态没有变化。")
    assert not [block for block in compose(state()).blocks if block.id == "overall:changes"]


def test_good_examples_are_marked_ones_only() -> None:
    """Being done makes no good example; nor is there a heading without one."""
    content = compose(state())
    assert [block.id for block in content.blocks if block.id.startswith("good:")] == ["good:t03"]
    unmarked = replace(state(), tasks=tuple(replace(task, good="") for task in state().tasks))
    assert "heading:good" not in {block.id for block in compose(unmarked).blocks}


def test_a_plan_just_published_has_no_silent_ones() -> None:
    """Of what nobody need have reported yet nothing is a problem, nor in an annex; what was reported late is; all are asked for the first
    report."""
    content = compose(replace(split_state(), new=True))
    told = {block.id for block in content.blocks}
    assert not [id for id in told if "silent" in id or "in-part" in id]
    assert {"heading:overdue", "heading:behind", "asked:first"} <= told


def test_units_are_named_all_or_none() -> None:
    """A list too long for a sentence stands whole in the annex; nobody is left out behind an 等."""
    many = tuple(f"第{n}小学" for n in range(1, 26))
    short, long = replace(state().gaps[0], key="short", missing=many[:12]), replace(state().gaps[0], key="long", missing=many)
    content = compose(replace(state(), gaps=(short, long)))
    assert "、".join(many[:12]) in text(content, "gap:short")
    assert "尚缺25个（名单见附件）" in text(content, "gap:long")
    annex = next(block.table for block in content.blocks if block.id == "annex:gaps")
    assert annex is not None
    assert (annex.keys, annex.rows[0][2]) == (("long",), "、".join(many))


def test_towns_are_ranked_only_where_it_is_switched_on() -> None:
    """Equals share a place; who has no figures has no place and dashes, not zeros."""
    assert not [block for block in compose(state()).blocks if "ranking" in block.id]
    table = next(block.table for block in compose(replace(state(), ranking=True)).blocks if block.id == "ranking")
    assert table is not None
    assert table.rows == (
        ("1", "柳河镇", "5", "4", "80.0%"),
        ("2", "石桥镇", "6", "3", "50.0%"),
        ("2", "白杨镇", "8", "4", "50.0%"),
        (None, "青石镇", None, None, None),
    )


def test_the_leaders_sentence_stands_first_and_unchanged() -> None:
    """Before everything else, in its own words; quotation marks are not doubled."""
    first = compose(state()).blocks[0]
    assert first.kind is Kind.INSTRUCTION
    assert first.text == "11月12日王副县长批示：“请教体局、住建局月底前解决公办园设备和周转宿舍问题。”"
    said = replace(state().instructions[0], text="落实“两不愁”要求。", day=None)
    assert compose(replace(state(), instructions=(said,))).blocks[0].text == "王副县长批示：落实“两不愁”要求。"


def test_what_falls_due_next() -> None:
    """Until the end of the next month, open ones only, earliest first; a deadline that has passed is not due again."""
    content = compose(state())
    assert content.figure("coming.tasks").rows == ("t07", "t05", "t08", "t09", "t10")
    assert text(content, "coming").startswith("2026年11月21日至12月31日到期、尚未完成的任务5项：县教育和体育局3项")
    later = replace(state(), day=date(2027, 1, 5))
    assert text(compose(later), "coming") == "2027年1月6日至2月28日没有到期的任务。"


def test_requirements_are_asked_only_of_trouble_that_is_there() -> None:
    """A plan without trouble asks for nothing."""
    asked = [block.id for block in compose(state()).blocks if block.id.startswith("asked:")]
    assert asked == ["asked:overdue", "asked:behind", "asked:silent", "asked:gaps", "asked:coming"]
    well = tuple(task for task in state().tasks if task.verdict.status is Status.MET)
    content = compose(replace(state(), tasks=well, gaps=()))
    assert not [block.id for block in content.blocks if "asked" in block.id]
    assert text(content, "problems:none") == "已报进展的任务中没有滞后和逾期的。"


def test_nothing_known_is_said_as_such() -> None:
    """No tasks, no reports, no targets that can be judged: sentences, no zero per cent."""
    empty = PlanState("甲方案", 1, date(2026, 11, 20), "甲县教育局", "甲县通报")
    assert text(compose(empty), "overall:tasks") == "方案尚未列入调度的任务。"
    mute = replace(state(), tasks=state().tasks[9:], targets=state().targets[3:])
    content = compose(mute)
    assert (
        text(content, "overall:tasks") == "列入调度的任务共3项，涉及2个责任单位。各项任务的进展都还没有报齐，本期不作快慢评判。"
    )
    assert text(content, "overall:targets") == "方案目标共2个，尚缺数据或尚未确定算法，本期不作评判，由本办公室补齐。"
    assert "0.0%" not in "".join(block.text for block in content.blocks)


def test_block_ids_are_one() -> None:
    """An id names one block."""
    ids = [block.id for block in compose(replace(state(), ranking=True), compose(a_month_ago())).blocks]
    assert len(ids) == len(set(ids))


def test_what_waits_for_the_office_is_not_unreported() -> None:
    """A report that the office has not looked at is told apart from silence, by unit and with an annex; its unit is asked for nothing."""
    now = state()
    tasks = tuple(replace(task, in_review=True) if task.key == "t10" else task for task in now.tasks)
    content = compose(replace(now, tasks=tasks))
    assert content.figure("unreviewed.tasks").rows == ("t10",)
    assert content.figure("silent.tasks").rows == ("t11", "t12")
    assert "；已报待审核1项；未报2项。" in text(content, "overall:tasks")
    assert text(content, "unreviewed").startswith("已报进展、尚待审核的任务1项：县财政局1项。")
    only = tuple(replace(task, in_review=True) if task.unheard else task for task in now.tasks)
    assert not [block for block in compose(replace(now, tasks=only)).blocks if block.id == "asked:silent"]


def test_a_split_task_of_which_some_parts_wait_for_the_office() -> None:
    """Who handed in is named as 已报待审核, who sent nothing as 未报; with every part handed in the task is not 未报 at all."""
    now = split_state()

    def with_parts(**parts: Any) -> BulletinContent:
        return compose(replace(now, tasks=tuple(replace(t, **parts) if t.key == "t10" else t for t in now.tasks)))

    some = with_parts(silent=("丙镇",), partly=(), parts_in_review=("丁镇",))
    assert "已报2个，已报待审核1个：丁镇；未报1个：丙镇。" in text(some, "in-part:t10")
    every = with_parts(silent=(), partly=(), parts_in_review=("甲镇", "乙镇", "丙镇", "丁镇"))
    assert every.figure("unreviewed.tasks").rows == ("t10",)


def test_silence_after_the_deadline_is_told() -> None:
    """Of the unreported tasks it is said, as a fact and not as a judgement, of how many the deadline has passed."""
    now = state()
    content = compose(replace(now, tasks=tuple(replace(t, past=t.key == "t11") for t in now.tasks)))
    assert content.figure("silent.past").rows == ("t11",)
    assert "其中1项的完成时限已过，是否完成尚不清楚。" in text(content, "silent")
    assert "时限已过" not in text(compose(now), "silent")


def test_what_is_told_twice_is_counted_once_and_said() -> None:
    """What the document writes in several places is one task, and the sentence says so in an office's words."""
    content = compose(replace(state(), tasks_retold=(Retold("t90", "扩大学位", "新建幼儿园"),)))
    assert text(content, "overall:tasks").startswith("列入调度的任务共12项（文中多处写到的同一任务只计一次）")
    assert "只计一次" not in text(compose(state()), "overall:tasks")


def test_what_should_have_been_done_is_told_from_the_first_day() -> None:
    """Of a plan that is just published silence is no reproach; that days have passed is a fact, and told with its number."""
    now = state()
    tasks = tuple(replace(t, past=t.key == "t11") for t in now.tasks)
    content = compose(replace(now, tasks=tasks, new=True))
    assert content.figure("tasks.past").rows == ("t11",)
    assert "尚未收到进展的任务中，1项的完成时限已过" in text(content, "overall:tasks")
    assert "尚未收到进展" not in text(compose(replace(now, tasks=tasks)), "overall:tasks"), "told among the problems"


def test_who_is_behind_is_named_beside_the_silent() -> None:
    """Of a split task that lags, whoever reported so is named, and who handed in is not called silent."""
    now = state()
    late = replace(now.tasks[0], parts=("甲镇", "乙镇", "丙镇"), lagging=("甲镇",), parts_in_review=("乙镇",), silent=("丙镇",))
    told = text(compose(replace(now, tasks=(late, *now.tasks[1:]))), f"overdue:{late.unit}")
    assert "；滞后、逾期：甲镇；已报待审核：乙镇；尚未报：丙镇" in told
    late = replace(late, silent=("丙镇", "丁镇"), answering=("丁镇",))
    told = text(compose(replace(now, tasks=(late, *now.tasks[1:]))), f"overdue:{late.unit}")
    assert "；有异议或刚下达、待确认：丁镇；尚未报：丙镇" in told, "who objects, or has only just been told, is not silent"


def test_the_office_does_not_write_to_itself() -> None:
    """Where all that is overdue is the issuer's own, nobody else is told to explain it."""
    now = state()
    own = tuple(replace(t, unit=now.issuer) for t in now.tasks)
    assert "牵头的逾期任务，由责任科室" in text(compose(replace(now, tasks=own)), "asked:overdue")
    assert "书面报" in text(compose(now), "asked:overdue")


def test_a_paper_that_waits_is_no_gap() -> None:
    """Whose own plan waits for the office is told so, who was never asked is the office's own matter, and neither is called silent."""
    now = state()
    gap = Gap("p8", "一镇一案", (), ("丙镇",), 13, ("甲镇", "乙镇"), 10)
    content = compose(replace(now, gaps=(gap,)))
    assert text(content, "gap:p8") == (
        "“一镇一案”应覆盖13个单位，已报待审核2个（甲镇、乙镇），未填报1个（丙镇），另有10个单位由本办公室布置后再报。"
    )
    assert not [b for b in compose(replace(now, gaps=(replace(gap, unanswered=()),))).blocks if b.id == "gap:p8"]


def test_whom_a_promise_is_asked_of_opens_by_name() -> None:
    """The number of units in scope leads to these units; in a bulletin from before they were kept, to the promise."""
    gap = Gap("p8", "一镇一案", (), ("丙镇",), 2)
    named = compose(replace(state(), gaps=(replace(gap, units=("乙镇", "丙镇")),))).figure("gap:p8")
    assert (named.text, named.counts, named.rows) == ("2个", "units", ("乙镇", "丙镇"))
    old = compose(replace(state(), gaps=(gap,))).figure("gap:p8")
    assert (old.text, old.counts, old.rows) == ("2个", "gaps", ("p8",))


def test_annexes_print_whole_names() -> None:
    """A task whose name was cut short stands in the annexes in the document's full words."""
    now = state()
    content = compose(replace(now, tasks=tuple(replace(t, wording="全名" + t.name) for t in now.tasks)))
    names = [
        row[1]
        for block in content.blocks
        if block.table and block.id in ("annex:silent", "annex:lagging")
        for row in block.table.rows
    ]
    assert names
    assert all(name and name.startswith("全名") for name in names)
