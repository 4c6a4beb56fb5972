"""Pages for everybody that belong to no single area of the report."""

from django.urls import path

from seniorportal.public import health, views

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("angebote/", views.offerings, name="offerings"),
    path("angebote/<int:pk>/", views.offering, {"slug": ""}, name="offering_by_number"),
    path("angebote/<int:pk>-<str:slug>/", views.offering, name="offering"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", health.robots, name="robots"),
]
