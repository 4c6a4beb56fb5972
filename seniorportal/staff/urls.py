"""Pages of staff beside the admin."""

from django.urls import path

from . import office, views

app_name = "staff"
urlpatterns = [
    path("uebersicht/", views.overview, name="overview"),
    path("uebersicht/buero/", office.choose, name="office"),
]
