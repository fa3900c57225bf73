"""Addresses of the audit."""

from django.urls import path

from xiangxu_web.kernel.audit import views

urlpatterns = [
    path("audit/", views.audit, name="audit"),
    path("audit/<int:pk>/", views.audit_row, name="audit-row"),
    path("audit/chain/", views.chain, name="audit-chain"),
    path("audit/chain/progress/", views.chain_progress, name="audit-chain-progress"),
    path("audit/verify/", views.ask_verify, name="audit-verify"),
]
