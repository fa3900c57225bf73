"""Each kind of remark: a plan that deserves it, and one that comes near and does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.review.plan_check.invented import ACTIONS, HEAD, ROWS, Row, changed, page, remarks


def rows_with(**cells: str) -> list[Row]:
    """The rows, the second of them changed."""
    return changed(ROWS, 2, **cells)


def action_with(text: str) -> list[str]:
    """The actions, and one more that says this."""
    return [*ACTIONS, f"4.其他工作。{text}（县教体局牵头，县财政局配合）"]


def supervised(lead: str) -> list[str]:
    """Two actions that say the same; the second is led by this unit."""
    said = "每学期对各校开展综合督导检查并通报结果。"
    return [*action_with(said), f"5.督导评价。{said}（{lead}牵头，县财政局配合）"]


WITHOUT_DATES = ["1.改善办学条件。新建寄宿制学校。（县教体局牵头，县财政局配合）"]
MANY = [
    (str(n), f"第{word}类工程", f"建成{word}类教室{n + 10}间。", f"按计划建设{word}类教室。", "2026年", "县教体局", "县财政局")
    for n, word in enumerate("甲乙丙丁戊己庚辛壬癸", 1)
]
SPREAD = [(*row[:4], f"{2024 + position % 4}年", *row[5:]) for position, row in enumerate(MANY)]
BY_OTHERS = [(*row[:5], "县教体局" if position < 2 else "县住建局", *row[6:]) for position, row in enumerate(MANY)]
UNDIVIDED = (*HEAD[:5], "责任单位")
WITHOUT_TEACHERS = [ACTIONS[0], ACTIONS[2]]
OFFICES = "发改 财政 人社 住建 民政 公安 司法 水利 交通运输 农业农村 文旅 卫健"
UNOWNED_ACTIONS = [
    "1.改善办学条件。新建寄宿制学校2所。",
    "2.建强教师队伍。每年培训乡村教师200人次。",
    "3.丰富课程。以镇中心学校为主体，开发课程30门。",
]
DISTRICT = [(*row[:5], *(cell.replace("县", "区") for cell in row[5:])) for row in ROWS]
OF_DISTRICT = [action.replace("县", "区") for action in ACTIONS]


def loaded(leads: str) -> list[Row]:
    """Twelve rows due together: all led by one bureau, or by as many."""
    offices = OFFICES.split()
    return [
        (str(n + 1), f"{office}类工程", f"建成{office}教室{n + 20}间，配备{office}设备{n + 50}台。", "按计划办。", "2026年", leads or f"县{office}局", "县教体局")
        for n, office in enumerate(offices)
    ]  # fmt: skip


def district(goal: str = "", end: str = "") -> str:
    """A district's plan, in which one row's goal or one action says this."""
    rows = changed(DISTRICT, 2, goal=goal) if goal else DISTRICT
    return page(rows, [*OF_DISTRICT, f"4.其他工作。{end}（区教体局牵头，区财政局配合）"] if end else OF_DISTRICT, place="云溪区")


# Kind; the plan that has it, with words of its message or places; the plan that comes near.
KINDS = {
    "no-owner": (
        page(rows_with(lead="", others=""), WITHOUT_TEACHERS),
        "教师队伍建设",
        page(rows_with(lead="", others="")),
    ),
    "owner-in-body-only": (
        page(rows_with(lead="", others="")),
        "正文2写有县教体局",
        page(rows_with(lead="", others="县教体局")),
    ),
    "action-without-owner": (
        page(actions=[*ACTIONS, "4.做好宣传引导。每年开展宣传活动2次。"]),
        "做好宣传引导",
        page(actions=[*ACTIONS, "4.做好宣传引导。成立领导小组，每年开展宣传活动2次。"]),
    ),
    "undivided-owners": (
        page([(*row[:5], "县财政局、县教体局") for row in ROWS], head=UNDIVIDED),
        "县财政局、县教体局",
        page([(*row[:5], "县教体局、各镇") for row in ROWS], head=UNDIVIDED),
    ),
    "two-spellings": (
        page(rows_with(others="县人力资源社会保障局")),
        "写“县人社局”",
        page(rows_with(others="县人社局（县公务员局）")),
    ),
    "unknown-unit": (
        page(rows_with(lead="星火推进站点群")),
        "星火推进站点群",
        page(rows_with(lead="局人事科")),
    ),
    "foreign-unit": (
        page(rows_with(lead="省教育厅")),
        "省教育厅",
        page(rows_with(lead="县教体局", others="县市场监管局、市公安局云溪分局")),
    ),
    "not-concrete": (
        page(
            [("1", "品质提升", "提升德育实效，增强审美素养。", "", "", "")],
            [],
            head=("序号", "项目", "主要内容", "完成时限", "牵头单位", "配合单位"),
        ),
        "责任",
        page(),
    ),
    "row-without-promise": (
        page(rows_with(goal="队伍建设取得良好效果。", measure="切实加强领导。"), [ACTIONS[0], ACTIONS[2]]),
        "教师队伍建设",
        page(rows_with(goal="建立乡村教师交流轮岗制度。")),
    ),
    "no-date": (
        page(rows_with(due="", goal="每校配齐心理教师。"), [ACTIONS[0], ACTIONS[2]]),
        "教师队伍建设",
        page(rows_with(due="常态化推进")),
    ),
    "figure-without-date": (
        page(actions=action_with("新建青少年活动中心3处。")),
        "新建青少年活动中心3处",
        page(actions=action_with("每名教师联系学生5名，到2026年新建青少年活动中心3处。")),
    ),
    "date-before-issue": (
        page(rows_with(due="2023年", goal="招聘紧缺学科教师50名。"), [ACTIONS[0], ACTIONS[2]]),
        "期限 2023-12-31",
        page(rows_with(due="2024年")),
    ),
    "no-such-day": (
        page(actions=action_with("2026年2月30日前新建青少年活动中心3处。")),
        "2026年2月30日",
        page(actions=action_with("2028年2月29日前新建青少年活动中心3处。")),
    ),
    "short-notice": (
        page(issued="2024年11月20日", rows=rows_with(due="2024年")),
        "41 天",
        page(rows=rows_with(due="2024年")),
    ),
    "same-deadline": (page(MANY), "10 项有期限的任务中 10 项都是 2026年", page(SPREAD)),
    "no-quantity": (
        page(rows_with(goal="教师专业素养明显增强。")),
        "教师专业素养明显增强",
        page(rows_with(goal="招聘紧缺学科教师60名，教师专业素养明显增强。")),
    ),
    "no-baseline": (
        page(rows_with(goal="招聘紧缺学科教师60名，本科以上教师比例逐年提升。")),
        "本科以上教师比例逐年提升",
        page(actions=action_with("确保教育支出逐年只增不减，本科以上教师比例逐年提升，本科以上教师比例不低于90%。")),
    ),
    "open-number": (
        page(actions=action_with("遴选一批骨干教师。")),
        "遴选一批骨干教师",
        page(actions=action_with("稳妥撤并一批小规模学校，遴选骨干教师30名。")),
    ),
    "two-figures": (
        page(rows_with(goal="招聘紧缺学科教师80名。")),
        "招聘紧缺学科教师80名",
        page(),
    ),
    "two-dates": (page(rows_with(due="2027年")), "2026与2027", page()),
    "two-wordings": (
        page(actions=[ACTIONS[0].replace("改造食堂12处", "维修食堂12处"), *ACTIONS[1:]], rows=changed(ROWS, 1, goal="新建食堂12处。")),
        "维修食堂12处",
        page(),
    ),
    "two-owners": (
        page(rows_with(lead="县人社局", others="县教体局")),
        "正文由县人社局配合、清单由其牵头",
        page(rows_with(others="县人社局、县民政局")),
    ),
    "wrong-subject": (
        district(goal="招聘紧缺学科教师60名，提升我市教师素养。"),
        "“我市”",
        district(end="健全市场化服务，育人质量进入全市前列，参加全市教学比赛，落实《全市教师发展规划》。"),
    ),
    "overlap": (
        page(actions=supervised("县教体局")),
        "每学期对各校开展综合督导检查并通报结果",
        page(actions=supervised("县民政局")),
    ),
    "said-twice": (
        page(actions=action_with("确保家庭经济困难学生资助全覆盖，完善资助政策，确保家庭经济困难学生资助全覆盖。")),
        "确保家庭经济困难学生资助全覆盖",
        page(actions=action_with("确保家庭经济困难学生资助全覆盖，确保留守儿童关爱服务全覆盖。")),
    ),
    "load": (page(loaded("县教体局"), []), "由云溪县教育和体育局牵头、期限写到2026年的有 12 项", page(loaded(""), [])),
    "owners-without-roles": (
        page([(*row[:5], "县教体局、县财政局") for row in ROWS], [], head=UNDIVIDED),
        "清单 3 项中 3 项",
        page([(*row[:5], "县教体局、县财政局") for row in ROWS[:2]], [], head=UNDIVIDED),
    ),
    "no-owner-in-notice": (
        page([], UNOWNED_ACTIONS).replace("各镇人民政府，县政府各部门：", "各镇教育局："),
        "其中 2 项文中也没有分清由谁办",
        page([], UNOWNED_ACTIONS),
    ),
    "hurried-paper": (
        page(actions=action_with("实施方案经镇政府审核后，于3月29日前报县教体局。")),
        "9 天",
        page(actions=action_with("实施方案经镇政府审核后，于4月29日前报县教体局。")),
    ),
    "date-after-aims": (
        page(rows_with(due="2028年"), WITHOUT_TEACHERS).replace("办好乡村教育。", "到2026年，乡村学校全部达标。"),
        "总体目标定在 2026 年，清单 3 行中有 1 行定到 2028 年",
        page(rows_with(due="2028年"), WITHOUT_TEACHERS).replace("办好乡村教育。", "到2028年，乡村学校全部达标。"),
    ),
    "numbering-gap": (
        page(changed(ROWS, 3, no="5")),
        "前一项是 2，这一项是 5",
        page([*ROWS[:2], ("2", *ROWS[2][1:])]),
    ),
    "attachment-missing": (
        page((), end=["附件：云溪县寄宿制学校建设任务表"]),
        "云溪县寄宿制学校建设任务表",
        page((), end=["附件：联系人名单（略）"]),
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_plan_that_deserves_the_remark(tmp_path: Path, kind: str) -> None:
    """The remark comes, and its message or one of its places says what is meant."""
    plan, words, _ = KINDS[kind]
    found = remarks(tmp_path, plan)
    assert kind in found, list(found)
    remark = found[kind]
    told = [remark.message, *(f"{spot.name} {spot.quote} {spot.note}" for spot in remark.spots)]
    assert any(words in text for text in told), told
    assert all(spot.place.line >= 1 and spot.place.start < spot.place.end for spot in remark.spots)


@pytest.mark.parametrize("kind", KINDS)
def test_a_plan_that_comes_near_it(tmp_path: Path, kind: str) -> None:
    """The remark does not come."""
    assert kind not in remarks(tmp_path, KINDS[kind][2])


def test_a_sound_plan_gets_no_remark(tmp_path: Path) -> None:
    """Who does everything right hears nothing."""
    assert not remarks(tmp_path, page())


def test_before_a_year_does_not_contain_it(tmp_path: Path) -> None:
    """2024年之前 in a plan of March 2024 had passed; 2024年底前 had not."""
    late = page(actions=action_with("2024年之前各校教师全部补充到位。"))
    assert "2023-12-31" in remarks(tmp_path, late)["date-before-issue"].spots[0].note
    assert "date-before-issue" not in remarks(tmp_path, page(actions=action_with("2024年底前各校教师全部补充到位。")))


def test_two_names_of_one_reform(tmp_path: Path) -> None:
    """市管校聘 in the body and 县管校聘 in the list are one reform by two names."""
    actions = action_with("深化教师“市管校聘”管理改革，到2026年聘任教师90名。")
    rows = [*ROWS, ("4", "其他工作", "聘任教师90名。", "深化教师“县管校聘”管理改革。", "2026年", "县教体局", "县财政局")]
    assert "two-names" in remarks(tmp_path, page(rows, actions))
    same = [*ROWS, ("4", "其他工作", "聘任教师90名。", "深化教师“市管校聘”管理改革。", "2026年", "县教体局", "县财政局")]
    assert "two-names" not in remarks(tmp_path, page(same, actions))


def test_a_bound_that_changes_nothing_is_no_other_wording(tmp_path: Path) -> None:
    """达到90% and 达到90%以上 are met from the same figure on; 不超过 is another promise."""
    rows = changed(ROWS, 3, goal="封闭化管理率达到90%以上。")
    same = page(rows, [*ACTIONS[:2], ACTIONS[2].replace("100%", "90%")])
    assert "two-wordings" not in remarks(tmp_path, same)


def test_the_plans_own_term_serves_work_that_goes_on(tmp_path: Path) -> None:
    """In a plan for some years a row without a date is told where something is to be built, or where it was forgotten."""
    undated = [(*row[:4], "", *row[5:]) for row in ROWS]
    built = remarks(tmp_path, page(undated, WITHOUT_DATES, title="教育事业发展“十五五”规划"))["no-date"]
    assert [spot.name for spot in built.spots] == ["清单第1项“办学条件改善”"]
    assert "2030 年" in built.message
    many = [*MANY[:9], (*MANY[9][:3], "按计划办。", "", *MANY[9][5:])]
    forgotten = remarks(tmp_path, page(many, [], title="教育事业发展“十五五”规划"))["no-date"]
    assert ("别的各项都写了" in forgotten.message, len(forgotten.spots)) == (True, 1)


@pytest.mark.parametrize(
    "said",
    [
        "遴选一批骨干教师，骨干教师占比达到20%。",
        "每年遴选推荐一批青年教师参加省级评选。",
        "造就一批“下得去、留得住”的青年教师。",
        "总结一批改革经验。",
    ],
)
def test_numbers_that_are_rightly_left_open(tmp_path: Path, said: str) -> None:
    """A figure of the same sentence, a quota from above, a saying, and results that nobody can count beforehand need no number."""
    assert "open-number" not in remarks(tmp_path, page(actions=action_with(said)))


def test_a_row_tells_an_open_number_once(tmp_path: Path) -> None:
    """What the measures repeat of the goal is not told again; a figure of the row measures it."""
    twice = rows_with(goal="建设一批乡村书屋。", measure="建设一批公益场所。")
    spots = remarks(tmp_path, page(twice, WITHOUT_TEACHERS))["open-number"].spots
    assert [spot.quote for spot in spots] == ["建设一批乡村书屋"]
    assert "open-number" not in remarks(
        tmp_path, page(rows_with(goal="遴选一批骨干教师，每年遴选骨干教师30名。"), WITHOUT_TEACHERS)
    )


def test_degrees_that_need_no_figure(tmp_path: Path) -> None:
    """Of one sentence one clause is told; what another clause measures, none."""
    praised = rows_with(goal="管理体制进一步理顺，管理更加优化，育人合力明显增强。")
    assert [spot.quote for spot in remarks(tmp_path, page(praised))["no-quantity"].spots] == ["管理体制进一步理顺"]
    measured = rows_with(goal="进一步满足乡村幼儿园需求。", measure="为9处乡村幼儿园配备玩教具。")
    assert "no-quantity" not in remarks(tmp_path, page(measured, WITHOUT_TEACHERS))


@pytest.mark.parametrize("lead", ["县教体局、县财政局", "县公安局、县应急局"])
def test_side_by_side_where_the_body_says_who_leads(tmp_path: Path, lead: str) -> None:
    """A list that prints first who leads in the body leaves no doubt; one that prints another does, and is told who leads there."""
    found = remarks(tmp_path, page([(*ROWS[0][:5], lead)], ACTIONS, head=UNDIVIDED)).get("undivided-owners")
    assert (found is None) == lead.startswith("县教体局")
    assert found is None or found.spots[0].note == "正文1写的是县教体局牵头"


@pytest.mark.parametrize(
    "end", ["。（县教体局、县财政局按职责分工负责）", "。责任单位排在第一位的为牵头单位。（县教体局、县财政局）"]
)
def test_side_by_side_where_the_text_says_how(tmp_path: Path, end: str) -> None:
    """By functions, or the first one leads: nobody need ask."""
    actions = [action.partition("。（")[0] + end for action in ACTIONS]
    assert "undivided-owners" not in remarks(tmp_path, page((), actions))


def test_one_thing_with_two_dates(tmp_path: Path) -> None:
    """The same number of the same thing for 2025 in the body and for 2027 in the list; steps that both know are a course."""
    early = [ACTIONS[0].replace("新建寄宿制学校2所", "2025年建有寄宿制学校2所"), *ACTIONS[1:]]
    late = changed(ROWS, 1, goal="2027年，支持各镇新建改建寄宿制学校2所，改造食堂12处。")
    assert "two-dates" in remarks(tmp_path, page(late, early))


def test_handing_in_a_paper_is_no_short_notice(tmp_path: Path) -> None:
    """Two weeks for a plan to be handed in are usual."""
    assert "short-notice" not in remarks(tmp_path, page(actions=action_with("各校实施方案于3月29日前报县教体局。")))
    assert "short-notice" in remarks(tmp_path, page(actions=action_with("各校食堂于3月29日前全部改造完成。")))


def test_a_row_that_sums_up_several_actions(tmp_path: Path) -> None:
    """What lacks in it is looked for in all of them, and those who lead there are named."""
    actions = [
        "1.提升学生体育素养。每天锻炼2小时。（县教体局）",
        "2.提升学生审美素养。每校建社团3个。（县文旅局）",
    ]
    rows = [("1", "素养提升行动", "提升学生体育素养，提升学生审美素养。", "", "")]
    found = remarks(tmp_path, page(rows, actions, head=("序号", "项目", "主要内容", "牵头单位", "配合单位")))
    assert found["owner-in-body-only"].spots[0].note == "正文1、正文2写有县教体局、县文旅局"
    assert not {"no-owner", "not-concrete", "row-without-promise"} & set(found)


def test_a_district_named_with_its_city_means_itself(tmp_path: Path) -> None:
    """全区 is a district's own subject, whatever area stands before its name in the head."""
    plan = page([], [*OF_DISTRICT, "4.其他工作。提高全区教师素养30%。（区教体局牵头，区财政局配合）"], place="临江市云溪区")
    assert "wrong-subject" not in remarks(tmp_path, plan)


def test_the_level_before_a_name_is_no_other_spelling(tmp_path: Path) -> None:
    """县人社局 and 人社局 are one name in a county's plan."""
    assert "two-spellings" not in remarks(tmp_path, page(rows_with(others="人社局")))


def test_headings_that_jump_all_the_time(tmp_path: Path) -> None:
    """One gap is told; a numbering that runs its own way is none of the plan's faults."""
    one = [*ACTIONS[:2], ACTIONS[2].replace("3.", "5.")]
    many = [f"{3 * n}.第{n}件事。每校培训{n}次。（县教体局牵头，县财政局配合）" for n in range(1, 12)]
    assert "numbering-gap" in remarks(tmp_path, page([], one))
    assert "numbering-gap" not in remarks(tmp_path, page([], many))


def test_a_rule_is_concrete(tmp_path: Path) -> None:
    """Where a plan has no list, an action that lays down a rule can be looked at, one that only encourages cannot."""
    rule = [*ACTIONS, "4.保障待遇。把送教工作计入工作量。（县教体局牵头，县财政局配合）"]
    talk = [*ACTIONS, "4.营造氛围。发挥学科育人功能。（县教体局牵头，县财政局配合）"]
    kinds = [{"row-without-promise", "not-concrete"} & set(remarks(tmp_path, page([], actions))) for actions in (rule, talk)]
    assert [bool(kind) for kind in kinds] == [False, True]


def test_the_four_that_a_task_lacks_are_named(tmp_path: Path) -> None:
    """Aim, path, owner, effect: what lacks is told, what is there is not."""
    plan = KINDS["not-concrete"][0]
    message = remarks(tmp_path, plan)["not-concrete"].message
    assert "目标" in message
    assert "责任" in message


def test_the_load_is_told_once_with_its_rows(tmp_path: Path) -> None:
    """One place names the rows at whose end something is to be handed over; what a paper settles or has a step before is none."""
    rows = loaded("县教体局")
    rows[0] = (*rows[0][:2], "建立教师交流制度，选派教师30名。", *rows[0][3:])
    rows[1] = (*rows[1][:2], "2025年建成样板教室10间，2026年建成样板教室40间。", *rows[1][3:])
    spots = remarks(tmp_path, page(rows, []))["load"].spots
    assert len(spots) == 1
    assert "第3项" in spots[0].note
    assert not any(f"第{number}项" in spots[0].note for number in (1, 2))
    assert "其中 10 项" in remarks(tmp_path, page(rows, []))["load"].message


def test_no_load_where_half_falls_due_otherwise(tmp_path: Path) -> None:
    """A unit that has less than half of all that is dated hides nothing."""
    rows = [(*row[:4], "2026年" if number % 2 else "2025年", *row[5:]) for number, row in enumerate(loaded("县教体局"))]
    assert "load" not in remarks(tmp_path, page(rows, []))


@pytest.mark.parametrize("said", ["高中升学人数大幅提升", "教学成果获奖数量大幅提升", "促进办学水平显著提升"])
def test_degrees_that_no_plan_may_or_need_fix(tmp_path: Path, said: str) -> None:
    """How many go on to which school, what others award, and what a measure is good for in the end get no figure."""
    assert "no-quantity" not in remarks(tmp_path, page(actions=action_with(f"{said}。")))
    assert "no-quantity" in remarks(tmp_path, page(actions=action_with("图书数量大幅提升。")))


def test_an_office_answers_for_its_chapter(tmp_path: Path) -> None:
    """Where one action sets up the office for all, its neighbours need no owner of their own."""
    office = [*ACTIONS, "4.加强领导。办公室设在县教体局。", "5.做好宣传引导。每年开展宣传活动2次。"]
    assert "action-without-owner" not in remarks(tmp_path, page(actions=office))


def test_a_title_with_a_word_left_out_is_the_same(tmp_path: Path) -> None:
    """校园守护 and 校园安全守护 are one title; 校园安全提升 is another."""
    rows = [(*row[:1], action.partition("。")[0].partition(".")[2], *row[2:]) for row, action in zip(ROWS, ACTIONS, strict=True)]
    assert "two-wordings" not in remarks(tmp_path, page(changed(rows, 3, task="守护校园")))


def test_the_actions_with_the_rows_own_words_are_named_first(tmp_path: Path) -> None:
    """A row that has its title from one action and its work from another is told both, the work first."""
    work = "实行教研员任期制管理改革和名优教师梯级培养工程"
    actions = [f"1.加强引进培养。{work}。（县人社局）", "2.激发教师队伍活力。完善交流机制。（县教体局）"]
    rows = [("1", "教师队伍活力行动", f"激发教师队伍活力，{work}。", "", "")]
    found = remarks(tmp_path, page(rows, actions, head=("序号", "项目", "主要内容", "牵头单位", "配合单位")))
    assert found["owner-in-body-only"].spots[0].note.startswith("正文1")


def test_kindergartens_are_built_for_fewer_children(tmp_path: Path) -> None:
    """An indicator that expects far fewer pupils is held against what is built; a small fall is none."""

    def told(number: str) -> set[str]:
        table = f"<table><tr><td>指标</td><td>2023年</td><td>2026年</td></tr><tr><td>幼儿园在园人数（万人）</td><td>1.7</td><td>{number}</td></tr><tr><td>巩固率（%）</td><td>99</td><td>100</td></tr></table>"
        text = page([], action_with("新建公办幼儿园3所。")).replace("办好乡村教育。</p>", f"办好乡村教育。</p>{table}")
        return set(remarks(tmp_path, text))

    assert "falls-while-building" in told("1.1")
    assert "falls-while-building" not in told("1.6")
