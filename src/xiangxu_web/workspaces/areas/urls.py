"""Addresses of this workspace."""

from django.urls import path

from xiangxu_web.workspaces.areas.views import changes, clusters, exchange, lists, units

urlpatterns = [
    path("units/", lists.units, name="units"),
    path("units/new/", changes.new, name="unit-new"),
    path("units/counties/", changes.bring, name="bring-counties"),
    path("units/exchange/", exchange.exchange, name="exchange"),
    path("units/exchange/template/", exchange.take_template, name="exchange-template"),
    path("units/exchange/export/", exchange.take_export, name="exchange-export"),
    path("units/exchange/<uuid:token>/", exchange.preview, name="exchange-preview"),
    path("units/exchange/<uuid:token>/wrong/", exchange.wrong, name="exchange-wrong"),
    path("units/<int:key>/", units.unit, name="unit"),
    path("units/<int:key>/edit/", changes.edit, name="unit-edit"),
    path("units/<int:key>/rename/", changes.rename, name="unit-rename"),
    path("units/<int:key>/close/", changes.close, name="unit-close"),
    path("units/<int:key>/reopen/", changes.reopen, name="unit-reopen"),
    path("units/<int:key>/type/", changes.change_type, name="school-type"),
    path("units/<int:key>/merge/", changes.merge, name="school-merge"),
    path("units/<int:key>/split/", changes.split, name="school-split"),
    path("units/<int:key>/members/", clusters.members, name="cluster-members"),
    path("schools/", lists.schools, name="schools"),
    path("schools/new/", changes.new_school, name="school-new"),
    path("schools/changes/", lists.changes, name="changes"),
    path("clusters/", lists.clusters, name="clusters"),
    path("areas/", units.areas, name="areas"),
    path("areas/<str:code>/", units.area_below, name="area"),
]
