"""Pages for everybody that belong to no single area of the report."""

from django.urls import path

from seniorportal.public import (
    calendar,
    calendar_files,
    display,
    feedback,
    health,
    leaves,
    merkzettel,
    numbers,
    offerings,
    printing,
    topics,
    views,
)

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("angebote/", offerings.offerings, name="offerings"),
    path("angebote/<int:pk>/", views.offering, {"slug": ""}, name="offering_by_number"),
    path("angebote/<int:pk>-<str:slug>/", views.offering, name="offering"),
    path("angebote/<int:pk>-<str:slug>/termine.ics", calendar_files.offering, name="offering_ics"),
    path("angebote/<int:pk>-<str:slug>/<str:day>.ics", calendar_files.offering_day, name="offering_day_ics"),
    path("angebote/<int:pk>-<str:slug>/drucken/", leaves.offering, name="print_offering"),
    path("angebote.ics", calendar_files.selection, name="offerings_ics"),
    path("kalender/", calendar.calendar, name="calendar"),
    path("kalender/<str:day>/", calendar.calendar, name="calendar_day"),
    path("beratung/", topics.topics, name="topics"),
    path("beratung/<slug:thema>/", topics.topic, name="topic"),
    path("rueckmeldung/", feedback.of_portal, name="feedback"),
    path("rueckmeldung/angebot/<int:pk>/", feedback.of_offering, name="feedback_of_offering"),
    path("rueckmeldung/ort/<slug:slug>/", feedback.of_venue, name="feedback_of_venue"),
    path("rueckmeldung/<uuid:submission>/", feedback.receipt, name="feedback_receipt"),
    path("nummer/", numbers.of_city, name="number"),
    path("nummer/angebot/<int:pk>/", numbers.of_offering, name="number_of_offering"),
    path("nummer/ort/<slug:slug>/", numbers.of_venue, name="number_of_venue"),
    path("merkzettel/", merkzettel.merkzettel, name="noted"),
    path("anzeige/", display.display, name="display"),
    path("programm/", printing.programmes, name="programmes"),
    path("programm/thema/<slug:thema>/", printing.week_now, name="week_of_topic_now"),
    path("programm/thema/<slug:thema>/<str:week>/", printing.week_of_topic, name="week_of_topic"),
    path("programm/thema/<slug:thema>/<str:week>.pdf", printing.week_of_topic, name="week_of_topic_pdf"),
    path("programm/<slug:bezirk>/", printing.week_now, name="week_of_district_now"),
    path("programm/<slug:bezirk>/<str:week>/", printing.week_of_district, name="week_of_district"),
    path("programm/<slug:bezirk>/<str:week>.pdf", printing.week_of_district, name="week_of_district_pdf"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", health.robots, name="robots"),
]
