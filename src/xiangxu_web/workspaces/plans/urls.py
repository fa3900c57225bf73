"""Addresses of plans, tasks, targets and reports."""

from django.urls import path

from xiangxu_web.workspaces.plans.pages import (
    chase,
    draft,
    draft_correct,
    draft_document,
    milestone,
    plan,
    report,
    split,
    target,
    task,
)

urlpatterns = [
    path("plans/", plan.plans, name="plans"),
    path("plans/<int:key>/", plan.plan, name="plan"),
    path("drafts/new/", draft.new_draft, name="new-draft"),
    path("drafts/<int:key>/", draft.draft, name="draft"),
    path("drafts/<int:key>/publish/", draft.publish, name="draft-publish"),
    path("drafts/<int:key>/progress/", draft.draft_progress, name="draft-progress"),
    path("drafts/<int:key>/again/", draft.draft_again, name="draft-again"),
    path("drafts/<int:key>/give-up/", draft.draft_give_up, name="draft-give-up"),
    path("drafts/<int:key>/pen/", draft.draft_pen, name="draft-pen"),
    path("drafts/<int:key>/take/", draft.draft_take, name="draft-take"),
    path("drafts/<int:key>/history/", draft.draft_history, name="draft-history"),
    path("drafts/<int:key>/pages/<int:number>.webp", draft_document.page, name="draft-page"),
    path("drafts/<int:key>/correct/", draft_correct.draft_correct, name="draft-correct"),
    path("drafts/<int:key>/rows/<slug:ref>/", draft_correct.draft_row, name="draft-row"),
    path("drafts/<int:key>/search/", draft_correct.draft_search, name="draft-search"),
    path("drafts/<int:key>/answer/", draft_correct.draft_answer, name="draft-answer"),
    path("tasks/", task.tasks, name="tasks"),
    path("tasks/<int:key>/", task.task, name="task"),
    path("tasks/<int:key>/report/", report.new_report, name="new-report"),
    path("targets/", target.targets, name="targets"),
    path("targets/<int:key>/", target.target, name="target"),
    path("reports/", report.reports, name="reports"),
    path("reports/decide/", report.decide_reports, name="decide-reports"),
    path("tasks/<int:key>/split/", split.split, name="task-split"),
    path("tasks/<int:key>/answer/", split.answer_part, name="part-answer"),
    path("tasks/<int:key>/instruct/", report.instruct_task, name="task-instruct"),
    path("targets/<int:key>/milestone/", milestone.milestone, name="milestone"),
    path("milestones/<int:key>/verify/", milestone.verify_milestone, name="verify-milestone"),
    path("chase/", chase.chase, name="chase"),
    path("reports/<int:key>/decide/", report.decide_report, name="decide-report"),
]
