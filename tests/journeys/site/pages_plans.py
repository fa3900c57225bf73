"""The pages of plans: lists, one task, targets, time, bulletins, comparison, search."""

PAGES = [
    ("clerk", "/tasks/", "tasks"),
    ("clerk", "/targets/", "targets"),
    ("clerk", "/timeline/", "timeline"),
    ("clerk", "/bulletins/", "bulletins"),
    ("clerk", "/plans/compare/", "compare"),
    ("clerk", "/plans/terms/?term=均衡", "terms"),
    ("clerk", "/search/?q=教师", "search"),
    ("headteacher", "/calendar/", "calendar"),
    ("town", "/tasks/?mine=1", "tasks-mine"),
]
