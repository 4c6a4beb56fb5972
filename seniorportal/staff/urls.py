"""Pages of staff beside the admin."""

from django.urls import path

from . import deletion, office, views

app_name = "staff"
urlpatterns = [
    path("uebersicht/", views.overview, name="overview"),
    path("uebersicht/meine-daten.json", deletion.my_data_as_json, name="my_data_json"),
    path("uebersicht/meine-daten.pdf", deletion.my_data_as_pdf, name="my_data_pdf"),
    path("uebersicht/buero/", office.choose, name="office"),
]
