"""Pages of staff beside the admin."""

from django.urls import path

from . import calls, calls_pass_on, deletion, office, views, worries

app_name = "staff"
urlpatterns = [
    path("uebersicht/", views.overview, name="overview"),
    path("uebersicht/meine-daten.json", deletion.my_data_as_json, name="my_data_json"),
    path("uebersicht/meine-daten.pdf", deletion.my_data_as_pdf, name="my_data_pdf"),
    path("uebersicht/buero/", office.choose, name="office"),
    path("uebersicht/anrufe/", calls.calls, name="calls"),
    path("uebersicht/anrufe/drucken/", calls.printed, name="calls_print"),
    path("uebersicht/anrufe/<uuid:pk>/", calls.call, name="call"),
    path("uebersicht/anrufe/<uuid:pk>/weitergeben/", calls_pass_on.pass_on, name="pass_on"),
    path("uebersicht/anrufe/<uuid:pk>/brief/", calls.letter, name="call_letter"),
    path("uebersicht/gedanken/", worries.worries, name="worries"),
    path("uebersicht/gedanken/<slug:slug>/", worries.worry_sent, name="worry_sent"),
]
