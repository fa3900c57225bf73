"""Addresses of plans and tasks."""

from django.urls import path

from xiangxu_web.workspaces.plans.pages import plan, task

urlpatterns = [
    path("plans/", plan.plans, name="plans"),
    path("plans/<int:key>/", plan.plan, name="plan"),
    path("tasks/", task.tasks, name="tasks"),
    path("tasks/<int:key>/", task.task, name="task"),
]
