"""Pages for everybody that belong to no single area of the report."""

from django.urls import path

from seniorportal.public import health, topics, views

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("angebote/", views.offerings, name="offerings"),
    path("angebote/<int:pk>/", views.offering, {"slug": ""}, name="offering_by_number"),
    path("angebote/<int:pk>-<str:slug>/", views.offering, name="offering"),
    path("beratung/", topics.topics, name="topics"),
    path("beratung/<slug:thema>/", topics.topic, name="topic"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", health.robots, name="robots"),
]
