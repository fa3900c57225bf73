"""A plan of an invented county on a day, in every state that a bulletin tells of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from xiangxu.monthly import Gap, Instruction, PlanState, Standing, TargetState, TaskState
from xiangxu.targets.status import Status, Verdict
from xiangxu.targets.task import TaskFacts, Word, task_verdict

DAY = date(2026, 11, 20)
_BUREAU, _BUILDING, _MONEY, _HEALTH = "县教育和体育局", "县住房和城乡建设局", "县财政局", "县卫生健康局"


def _task(
    key: str, name: str, unit: str, word: Word | None, due: date, line: str = "", obstacles: str = "", good: str = ""
) -> TaskState:
    verdict = task_verdict(TaskFacts(word, DAY if word else None, due), DAY)
    return TaskState(key, name, unit, verdict, due.isoformat(), line, obstacles, good)


def state() -> PlanState:
    """Twelve tasks of four units: 2 done, 3 normal, 2 behind, 2 overdue, 3 unreported."""
    tasks = (
        _task(
            "t01", "新建改扩建公办幼儿园", _BUREAU, Word.NORMAL, date(2025, 12, 31), "主体完工，正在装修", "设备采购资金未到位"
        ),
        _task("t02", "乡村教师周转宿舍建设", _BUILDING, Word.NORMAL, date(2026, 6, 30), "已开工两处"),
        _task("t03", "乡村学校宽带提速", _BUREAU, Word.DONE, date(2026, 10, 31), good="集中采购、统一验收，提前一个月完成"),
        _task("t04", "特岗教师招聘", _BUREAU, Word.DONE, date(2026, 9, 30)),
        _task("t05", "名师工作室建设", _BUREAU, Word.NORMAL, date(2026, 12, 31), "已遴选主持人"),
        _task("t06", "学区化管理改革", _BUREAU, Word.NORMAL, date(2027, 6, 30)),
        _task("t07", "营养改善计划提标", _BUREAU, Word.NORMAL, date(2026, 11, 30)),
        _task("t08", "校舍安全加固", _BUILDING, Word.BEHIND, date(2026, 12, 31), "完成三分之一", "雨季误工"),
        _task("t09", "寄宿制学校热水设施配备", _BUREAU, Word.BEHIND, date(2026, 12, 31), "招标流标"),
        _task("t10", "生均公用经费足额拨付", _MONEY, None, date(2026, 12, 31)),
        _task("t11", "乡村教师津贴补贴落实", _MONEY, None, date(2025, 12, 31)),
        _task("t12", "校医和保健人员配备", _HEALTH, None, date(2027, 12, 31)),
    )
    targets = (
        TargetState("p1", "公办园在园幼儿占比", "至少 60%", Verdict(Status.MET, "61.2%，已达到。")),
        TargetState("p2", "教师轮训率", "至少 95%", Verdict(Status.BEHIND, "2026年9月为 80%，低于节点 90%。")),
        TargetState("p3", "名师工作室", "至少 10 个", Verdict(Status.MISSED, "应于 2025年12月31日 达到，现有 7 个。")),
        TargetState("p4", "近视率", "降低", Verdict(Status.WAITING_DATA, "还没有数据。")),
        TargetState("p5", "家访", "每学期", Verdict(Status.WAITING_BINDING, "还没有确定算法。")),
    )
    gaps = (Gap("p6", "寄宿制学校热水设施", ("石桥镇中心小学", "柳河初中"), ("白杨小学",), 12), Gap("p7", "午餐", (), (), 8))
    said = (Instruction("i1", "王副县长", "请教体局、住建局月底前解决公办园设备和周转宿舍问题。", date(2026, 11, 12)),)
    standings = (Standing("石桥镇", 3, 6), Standing("柳河镇", 4, 5), Standing("白杨镇", 4, 8), Standing("青石镇", None, None))
    return PlanState(
        plan_title="云溪县乡村教育振兴行动方案",
        number=3,
        day=DAY,
        issuer="云溪县乡村教育振兴工作领导小组办公室",
        mark="云溪县乡村教育振兴工作通报",
        to="各乡镇人民政府、街道办事处，县直有关部门",
        copies="县委办公室，县政府办公室，各中心学校",
        printed_by="云溪县教育和体育局办公室",
        answer_by=date(2026, 12, 5),
        tasks=tasks,
        targets=targets,
        gaps=gaps,
        instructions=said,
        standings=standings,
    )


def a_month_ago() -> PlanState:
    """The state of issue 2: one of the done was on course, one of the behind too, one was unreported."""
    now = state()
    then = {"t03": Status.ON_COURSE, "t08": Status.ON_COURSE, "t07": Status.WAITING_DATA, "t06": Status.BEHIND}
    tasks = tuple(replace(task, verdict=Verdict(then[task.key], "")) if task.key in then else task for task in now.tasks[:-1])
    return replace(now, number=2, day=date(2026, 10, 20), tasks=tasks)
