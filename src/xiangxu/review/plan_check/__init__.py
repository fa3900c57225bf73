"""Looks a plan over as an experienced colleague would: is every task one that somebody can do, and somebody else can check?

`check` takes a reading and gives remarks, each with its places, its reason and its remedy. Where remarks begin, which words count
and what is said stands on the card `plan-check`; here is only how to look. For a draft a remark is a finding, for an issued
document, which cannot be argued with, it is advice.
"""

from __future__ import annotations

from xiangxu.review.plan_check.checking import Evaluators, check
from xiangxu.review.plan_check.remark import Grade, PlanReview, Remark, Spot

__all__ = ["Evaluators", "Grade", "PlanReview", "Remark", "Spot", "check"]
