"""Every address of the site; each workspace lists its own."""

from django.urls import include, path

urlpatterns = [
    path("", include("xiangxu_web.desk.urls")),
    path("", include("xiangxu_web.kernel.urls")),
    path("", include("xiangxu_web.workspaces.plans.urls")),
    path("", include("xiangxu_web.workspaces.areas.urls")),
    path("", include("xiangxu_web.workspaces.accounts.urls")),
]
handler400 = "xiangxu_web.kernel.errors.bad_request"
handler403 = "xiangxu_web.kernel.errors.refused"
handler404 = "xiangxu_web.kernel.errors.not_found"
handler500 = "xiangxu_web.kernel.errors.broken"
