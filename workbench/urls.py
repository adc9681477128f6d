"""Composition: mounts the ground's pages, both apps and the API."""

from django.contrib import admin
from django.urls import include, path

from coding.views import home
from coding.views.studies import StudyNewView
from workbench.api import api
from workbench.views import health, language

urlpatterns = [
    path("", home.HomeView.as_view(), name="home"),
    path("healthz", health.AliveView.as_view(), name="healthz"),
    path("readyz", health.ReadyView.as_view(), name="readyz"),
    path("language/", language.LanguageView.as_view(), name="set_language"),
    path("account/", include("workbench.sign_in_urls")),
    path("admin/", admin.site.urls),
    path("api/v1/", api.urls),
    path("", include("workbench.ground_urls")),
    # Before the studies: `new` is no study's slug.
    path("studies/new/", StudyNewView.as_view(), name="study_new"),
    path("studies/<slug:slug>/", include("interviews.urls")),
    path("studies/<slug:slug>/", include("coding.urls")),
]
handler400 = "workbench.views.errors.bad_request"
handler404 = "workbench.views.errors.not_found"
handler500 = "workbench.views.errors.failed"
