"""Pages for everybody that belong to no single area of the report."""

from django.urls import path

from seniorportal.public import feedback, health, numbers, offerings, topics, views

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("angebote/", offerings.offerings, name="offerings"),
    path("angebote/<int:pk>/", views.offering, {"slug": ""}, name="offering_by_number"),
    path("angebote/<int:pk>-<str:slug>/", views.offering, name="offering"),
    path("beratung/", topics.topics, name="topics"),
    path("beratung/<slug:thema>/", topics.topic, name="topic"),
    path("rueckmeldung/", feedback.of_portal, name="feedback"),
    path("rueckmeldung/angebot/<int:pk>/", feedback.of_offering, name="feedback_of_offering"),
    path("rueckmeldung/ort/<slug:slug>/", feedback.of_venue, name="feedback_of_venue"),
    path("rueckmeldung/<uuid:submission>/", feedback.receipt, name="feedback_receipt"),
    path("nummer/", numbers.of_city, name="number"),
    path("nummer/angebot/<int:pk>/", numbers.of_offering, name="number_of_offering"),
    path("nummer/ort/<slug:slug>/", numbers.of_venue, name="number_of_venue"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", health.robots, name="robots"),
]
