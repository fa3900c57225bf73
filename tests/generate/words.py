"""Closed word lists from which titles, sentences and names are put together. All places are invented."""

from __future__ import annotations

# Place, level, short name for numbers, and whom the office addresses (a city above counties, or a county-level city above towns).
PLACES = (
    ("芦汀县", "county", "芦", "各乡镇人民政府、街道办事处，县直有关部门、单位："),
    ("桐坞区", "county", "桐", "各镇人民政府、街道办事处，区直各部门："),
    ("霁川市", "city", "霁", "各县（区）人民政府，市政府有关部门："),
    ("岚屿旗", "county", "岚", "各苏木乡镇人民政府，旗直有关单位："),
)

VERBS = ("优化", "改善", "健全", "加强", "深化", "推进", "完善", "提升", "拓展", "落实")
OBJECTS = (
    "学校布局", "办学条件", "教师队伍建设", "课堂教学改革", "县管校聘制度", "学生关爱体系", "家校社协同育人", "数字教育应用",
    "学前教育普惠供给", "“双减”成果", "校园文化内涵", "控辍保学机制", "区域教研制度", "劳动、美育和体育课程", "结对帮扶机制",
)  # fmt: skip
GOAL_CHAPTERS = ("总体要求", "指导思想和工作目标", "工作目标", "总体目标")
GOAL_THEMES = ("指导思想", "基本原则", "工作目标")
TASK_CHAPTERS = ("主要任务", "重点任务", "重点举措", "工作措施")
SAFEGUARD_CHAPTERS = ("保障措施", "组织实施", "组织保障", "工作保障")
SAFEGUARDS = ("加强组织领导", "强化督导考核", "加大经费投入", "营造良好氛围", "压实工作责任")
ITEMS = ("建设标准", "实施范围", "时间安排", "资金来源", "工作方式")

SENTENCES = (
    "到2027年，新建、改扩建学校12所（含幼儿园3所），新增学位4500个",
    "坚持以人民为中心的发展思想，把乡村教育摆在优先位置",
    "严格按照1:20的比例配备教师，音乐、体育、美术教师每校不少于2名",
    "改造校舍4.5万平方米，运动场地全部达到省定标准",
    "每学期至少开展1次集体教研，每年培训骨干教师不低于300人次",
    "建立“校长职级制+县管校聘”管理机制，教师交流轮岗比例达到10%以上",
    "小学高年级学生书面作业平均完成时间不超过60分钟；初中不超过90分钟",
    "统筹考虑人口变化、地理环境、交通条件等因素，稳妥推进小规模学校（教学点）整合",
    "依托“三个课堂”，实现优质资源乡村学校全覆盖",
    "对寄宿制学校的宿舍、食堂、浴室进行改造",
    "完善留守儿童档案，一人一册，动态管理",
    "2025年底前完成评估，评估结果纳入年度考核",
)
GOALS = ("新增学位600个。", "乡村学校“一校一案”全部制定到位。", "骨干教师占比达到15%以上。", "创建示范学校10所。", "达标率100%。")
PREAMBLES = (
    "为加快推进乡村教育高质量发展，结合实际，制定本方案。",
    "为贯彻落实上级决策部署，补齐乡村教育短板，办好人民满意的教育，现制定如下方案。",
)
PLAN_NAMES = ("乡村教育振兴实施方案", "推进乡村教育高质量发展工作方案", "乡村学校提质行动计划", "教育强镇建设三年行动方案")
CITED = "全面加强乡村教育工作的意见"

# Departments by the level in front; groups of places stand last, as in real lists.
DEPARTMENTS = (
    "{}教体局", "{}发展改革局", "{}财政局", "{}人力资源和社会保障局", "{}自然资源局", "{}住建局", "{}卫健局", "{}民政局",
    "{}委编办", "{}委组织部", "{}妇联", "团{}委", "{}文化和旅游局", "{}公安局",
)  # fmt: skip
GROUPS = ("各镇（街道）", "各乡镇人民政府、街道办事处", "各镇、街、区")

# Dates of lists as printed, and as FORMAT writes them.
DUES = (
    ("2025年", "2025"), ("2026年底前", "2026-12"), ("2025年12月底", "2025-12"), ("2026年6月底前", "2026-06"),
    ("2027年9月", "2027-09"), ("长期坚持", "ongoing"), ("2025年8月31日前", "2025-08-31"),
)  # fmt: skip

# The columns of lists: a printed name for each field, and the orders in which offices put them. Names come in pairs where a list
# has an outer and an inner name.
COLUMN_NAMES = {
    "no": ("序号",),
    "project": ("项目名称", "重点任务", "行动名称", "工作任务"),
    "measure": ("主要措施", "具体举措", "内容措施", "工作内容"),
    "goal": ("工作目标", "目标成果", "预期成果"),
    "due": ("完成时限", "完成时间", "时间节点"),
    "lead": ("牵头单位", "牵头部门"),
    "participants": ("配合单位", "参与单位", "责任单位"),
    "owners": ("责任单位", "责任部门", "责任分工"),
}
OUTER_INNER = (("工程名称", "行动名称"), ("重点工程", "项目名称"), ("类别", "事项名称"))
COLUMN_ORDERS = (
    ("no", "project", "measure", "goal", "due", "lead", "participants"),
    ("no", "project", "goal", "measure", "due", "owners"),
    ("no", "project", "measure", "goal", "owners", "due"),
    ("no", "project", "action", "measure", "due", "lead", "participants"),
    ("project", "no", "action", "goal", "lead", "participants", "due"),
    ("no", "project", "measure", "lead", "participants", "due"),
    ("project", "measure", "goal", "owners", "due"),
)
