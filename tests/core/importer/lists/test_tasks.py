"""Task lists in the forms that offices give them."""

from __future__ import annotations

from tests.core.importer.lists.tables import fields, names, read
from xiangxu.model.place import Doubt

HEADER = ["序号", "项目名称", "主要任务", "工作目标", "完成时限", "牵头单位", "配合单位"]
FIRST = ["1", "饮水改造工程", "更新供水管线。", "安装率达到100%。", "2026年8月底前", "县教体局", "县水务局\n县卫健局"]


def test_each_column_gives_its_field() -> None:
    """项目名称 is the project, 主要任务 the measure, 工作目标 the goal; the units stand as printed, one a line or not."""
    row = read([HEADER, FIRST]).rows[0]
    assert fields(row) == {
        "no": "1",
        "project": "饮水改造工程",
        "measure": "更新供水管线。",
        "goal": "安装率达到100%。",
        "due": "2026-08",
    }
    assert names(row.lead) == ["县教体局"]
    assert names(row.participants) == ["县水务局", "县卫健局"]
    assert not row.undivided
    assert row.where == "list 1"


def test_two_columns_of_names() -> None:
    """行动 and 任务 side by side are project and action; 目标任务 is the goal; a wrapped cell is one line."""
    row = read(
        [
            ["行动", "序号", "任务", "目标任务", "完成\n时限", "牵头单位"],
            ["条件改\n善行动", "3", "改厕", "旱厕清零。", "今年年底前", "县教体局"],
        ]
    ).rows[0]
    assert fields(row) == {"no": "3", "project": "条件改善行动", "action": "改厕", "goal": "旱厕清零。", "due": "2025-12"}


def test_group_rows_are_the_outer_name() -> None:
    """A row of one cell across is the project of the rows below, whose own names are actions; totals are no tasks."""
    for ruled, rest in ((True, "<"), (False, "")):
        rows = read(
            [
                ["序号", "重点任务", "具体措施", "责任单位"],
                ["一、改善条件", rest, rest, rest],
                ["1", "改厕", "改造14所。", "县教体局"],
                ["（二）建强队伍", rest, rest, rest],
                ["2", "招聘", "招聘80名。", "县人社局"],
                ["合计", "", "", "2项"],
            ],
            ruled=ruled,
        ).rows
        assert [(r.project.text, r.action.text) for r in rows if r.project and r.action] == [
            ("改善条件", "改厕"),
            ("建强队伍", "招聘"),
        ]


def test_header_in_two_rows() -> None:
    """责任分工 above 牵头单位 and 配合单位, merged or with the covered cells left out."""
    merged = [
        ["序号", "重点任务", "具体措施", "责任分工", "<", "完成时限"],
        ["^", "^", "^", "牵头单位", "配合单位", "^"],
        ["1", "改厕", "改造14所。", "县教体局", "县住建局", "2026年"],
    ]
    left_out = [merged[0][:4] + merged[0][5:], ["牵头单位", "配合单位"], merged[2]]
    for rows, ruled in ((merged, True), (left_out, False)):
        row = read(rows, ruled=ruled).rows[0]
        assert (names(row.lead), names(row.participants), row.due) == (["县教体局"], ["县住建局"], "2026")


def test_merged_cells_are_carried_down() -> None:
    """Ruled: covered cells take the cell above, empty ones stay empty. Unruled: empty number and names are merged ones, an
    empty 配合单位 beside an own 牵头单位 is empty."""
    ruled = read([HEADER, FIRST, ["^", "^", "更换灯具。", "", "2027年", "县教体局", ""]]).rows[1]
    flat = read([HEADER, FIRST, ["", "", "更换灯具。", "620间。", "2027年", "县教体局", ""]], ruled=False).rows[1]
    for row in (ruled, flat):
        assert (row.no, row.project and row.project.text, row.due) == ("1", "饮水改造工程", "2027")
        assert names(row.participants) == []
    assert ruled.goal is None


def test_merged_owner_of_a_group() -> None:
    """In an unruled list a row without number, name and owner of its own has the owner of its group, marked as guessed."""
    rows = read(
        [
            ["项目", "措施", "责任单位"],
            ["布局优化", "编制专项规划。", "县教体局"],
            ["", "开展风险评估。", ""],
            ["教师补充", "招聘80名。", ""],
        ],
        ruled=False,
    ).rows
    assert [names(r.lead) for r in rows] == [["县教体局"], ["县教体局"], []]
    assert Doubt.CELL_GUESSED in rows[1].doubts
    assert Doubt.CELL_GUESSED not in rows[0].doubts


def test_list_over_page_breaks() -> None:
    """A repeated header goes; a table without header goes on; the two halves of a cut row are one; a group goes on."""
    cut = ["1", "照明改造工程", "为教室更换护", "", "2026年", "县教体局", ""]
    rest = ["", "", "眼灯具620间。", "", "", "", ""]
    after = ["2", "校车服务", "优化线路。", "", "2027年", "县交通运输局", ""]
    for tables in (([HEADER, cut], [rest, after]), ([HEADER, cut], [HEADER, rest, after]), ([HEADER, cut, HEADER, rest, after],)):
        rows = read(*tables).rows
        assert [r.measure.text for r in rows if r.measure] == ["为教室更换护眼灯具620间。", "优化线路。"]
        assert [r.no for r in rows] == ["1", "2"]
        assert Doubt.CELL_GUESSED in rows[0].doubts


def test_merged_name_over_a_page_break() -> None:
    """The first rows of the next page stand under the name that the page before began."""
    head = ["行动", "序号", "任务", "完成时限", "牵头单位"]
    rows = read(
        [head, ["条件改善", "1", "达标", "2026年", "县教体局"]],
        [["", "2", "照明", "2027年", "县教体局"], ["师资", "3", "招聘", "2027年", "县人社局"]],
    ).rows
    assert [r.project.text for r in rows if r.project] == ["条件改善", "条件改善", "师资"]


def test_one_header_cell_over_two_columns() -> None:
    """Fewer names than columns: the content tells which is which; a numbered action gives its number and loses the stop."""
    reading = read(
        [
            ["目标成果", "内  容  措  施", "完成\n时限", "牵头\n部门", "参与部门"],
            [
                "布局优化工程",
                "1.实施布局优化行动。",
                "全县乡村小学减少为35所，教学点保留7个，妥善安置学生。",
                "2025年",
                "教体局",
                "人社局\n各镇、街、区",
            ],
            ["", "", "建设寄宿制学校6所，配齐热水和取暖设备，安排生活老师。", "2026年", "教体局", ""],
            ["队伍建设工程", "2.落实教师补充行动", "每年招聘乡村教师85名以上，优先补充音体美教师。", "常抓不懈", "教体局", ""],
        ],
        ruled=False,
    )
    rows = reading.rows
    assert [fields(r) for r in rows[1:]] == [
        {
            "no": "1",
            "project": "布局优化工程",
            "action": "实施布局优化行动",
            "measure": "建设寄宿制学校6所，配齐热水和取暖设备，安排生活老师。",
            "due": "2026",
        },
        {
            "no": "2",
            "project": "队伍建设工程",
            "action": "落实教师补充行动",
            "measure": "每年招聘乡村教师85名以上，优先补充音体美教师。",
            "due": "ongoing",
        },
    ]
    assert names(rows[0].participants) == ["人社局", "各镇、街、区"]
    assert not any(r.doubts for r in rows), "two columns of texts under one merged cell are no fault"


def test_a_column_that_no_name_reaches() -> None:
    """Fewer names than columns where the nameless column is of no name's kind (a sum of money before the date): that is doubtful."""
    rows = read(
        [
            ["序号", "重点任务", "具体举措", "完成时限", "责任单位"],
            ["1", "布局优化", "编制布局专项规划，报县政府审定后实施。", "120", "2025年", "县教体局"],
            ["2", "教师补充", "招聘教师80名，优先补充音体美教师。", "85", "2026年", "县人社局"],
        ]
    ).rows
    assert [(r.due, names(r.lead)) for r in rows] == [("2025", ["县教体局"]), ("2026", ["县人社局"])]
    assert all(Doubt.HEADER_SHIFTED in r.doubts for r in rows)


def test_header_over_the_wrong_columns() -> None:
    """Units under 完成时限 and dates under 责任单位: the content decides, and says so."""
    head = ["序号", "重点任务", "具体举措", "完成时限", "责任单位"]
    rows = read(
        [
            head,
            ["1", "布局优化", "编制布局专项规划。", "县教体局", "2025年"],
            ["2", "教师补充", "招聘教师80名。", "县人社局", "2026年"],
        ]
    ).rows
    assert [(r.due, names(r.lead)) for r in rows] == [("2025", ["县教体局"]), ("2026", ["县人社局"])]
    assert Doubt.HEADER_SHIFTED in rows[0].doubts


def test_no_header() -> None:
    """Without any header the content gives the roles, marked as doubtful."""
    rows = read(
        [
            ["1", "布局优化", "编制规划，撤并小规模学校，保留必要的教学点，妥善安置学生。", "2026年", "县教体局、县发改局"],
            ["2", "寄宿条件", "新建宿舍3栋，配齐床位、热水和取暖设备，加强夜间值班管理。", "2027年底前", "县教体局"],
        ]
    ).rows
    assert [(r.no, r.project and r.project.text, r.due, names(r.lead)) for r in rows] == [
        ("1", "布局优化", "2026", ["县教体局", "县发改局"]),
        ("2", "寄宿条件", "2027-12", ["县教体局"]),
    ]
    assert all(Doubt.NO_TABLE_HEADER in r.doubts for r in rows)


def test_other_columns_keep_their_name() -> None:
    """责任领导, 投资 and 备注 are kept under their header; 责任科室 leads only where no unit does."""
    row = read(
        [
            ["序号", "项目名称", "建设规模及内容", "建设年限", "总投资\n（万元）", "责任单位", "责任科室", "备注"],
            ["1", "三小", "新建教学楼。", "2025-2027年", "3000", "县教体局", "基建科", "在建"],
        ]
    ).rows[0]
    assert {k: v.text for k, v in row.others.items()} == {"总投资（万元）": "3000", "责任科室": "基建科", "备注": "在建"}
    assert (names(row.lead), row.undivided, row.due) == (["县教体局"], True, "2027")
    alone = read(
        [["序号", "工作任务", "责任科室", "完成时间"], ["1", "开展家访", "德育科", "6月底前"]], caption="2026年工作任务清单"
    ).rows[0]
    assert (names(alone.lead), alone.due) == (["德育科"], "2026-06")


def test_owners_divided_inside_their_cell() -> None:
    """牵头单位：…；配合单位：… in one cell divides it."""
    row = read(
        [
            ["任务", "措施", "责任分工", "时间节点"],
            ["1.布局优化", "编制规划。", "牵头单位：县教体局\n配合单位：县发改局", "2025年底"],
        ]
    ).rows[0]
    assert (names(row.lead), names(row.participants), row.undivided) == (["县教体局"], ["县发改局"], False)


def test_whole_sentences_under_a_name() -> None:
    """工作任务 with sentences in it is the text of the task, not its name."""
    text = "开展师德师风专项整治，组织全体教师签订承诺书，通报典型案例。"
    row = read([["序号", "工作任务", "责任单位"], ["1", text, "县教体局"]]).rows[0]
    assert fields(row) == {"no": "1", "measure": text, "due": None}


def test_goals_by_year() -> None:
    """A column for the goal of each year: one goal, each part under its year."""
    row = read(
        [["序号", "任务", "2025年目标", "2026年目标", "牵头单位"], ["1", "学位扩充", "新增300个。", "新增500个。", "县教体局"]]
    ).rows[0]
    assert row.goal is not None
    assert row.goal.text == "2025年：新增300个。2026年：新增500个。"
    assert row.due == "2026"


def test_due_of_a_list_without_dates() -> None:
    """The latest date of the goal (or of the only text), else of the project's name, else none."""
    rows = read(
        [
            ["序号", "名称", "主要内容"],
            ["1", "幼儿园建设工程（2024—2026）", "新建3所。"],
            ["2", "“十五五”特教提升", "建设资源教室。"],
            ["3", "社区教育", "到2027年建成5个点，2026年先建2个。"],
            ["4", "家校共育", "较2024年明显改善。"],
        ]
    ).rows
    assert [r.due for r in rows] == ["2026", "2030", "2027", None]


def test_date_that_is_not_understood() -> None:
    """A printed deadline without a meaning that can be reckoned with is marked, an empty one is not."""
    rows = read(
        [
            ["序号", "任务", "责任单位", "完成时限"],
            ["1", "建立专班", "县教体局", "按上级要求"],
            ["2", "开展督导", "县督导室", "—"],
        ]
    ).rows
    assert [r.due for r in rows] == [None, None]
    assert [Doubt.DATE_UNREAD in r.doubts for r in rows] == [True, False]


def test_span_is_the_rows_own() -> None:
    """A row's span covers its own cells, not those that it takes from above."""
    first, second = read([HEADER, FIRST, ["^", "^", "更换灯具。", "", "2027年", "县教体局", ""]]).rows
    assert first.span[1] <= second.span[0]
