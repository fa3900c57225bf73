"""Plans side by side: by what computes their promises, by theme, by the load of departments, and against the plan above."""

from xiangxu.review.comparison.above import Answer, Answered, answers
from xiangxu.review.comparison.by_evaluator import Row, rows
from xiangxu.review.comparison.by_theme import Share, by_theme
from xiangxu.review.comparison.load import Load, loads
from xiangxu.review.comparison.opening import NoSuchPlan, open_plan
from xiangxu.review.comparison.side import Aim, Side, Work

__all__ = [
    "Aim",
    "Answer",
    "Answered",
    "Load",
    "NoSuchPlan",
    "Row",
    "Share",
    "Side",
    "Work",
    "answers",
    "by_theme",
    "loads",
    "open_plan",
    "rows",
]
