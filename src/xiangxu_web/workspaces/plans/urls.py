"""Addresses of plans, tasks, targets and reports."""

from django.urls import path

from xiangxu_web.workspaces.plans.pages import draft, plan, report, target, task

urlpatterns = [
    path("plans/", plan.plans, name="plans"),
    path("plans/<int:key>/", plan.plan, name="plan"),
    path("drafts/new/", draft.new_draft, name="new-draft"),
    path("drafts/<int:key>/", draft.draft, name="draft"),
    path("drafts/<int:key>/publish/", draft.publish, name="draft-publish"),
    path("tasks/", task.tasks, name="tasks"),
    path("tasks/<int:key>/", task.task, name="task"),
    path("tasks/<int:key>/report/", report.new_report, name="new-report"),
    path("targets/", target.targets, name="targets"),
    path("targets/<int:key>/", target.target, name="target"),
    path("reports/", report.reports, name="reports"),
    path("reports/<int:key>/decide/", report.decide_report, name="decide-report"),
]
