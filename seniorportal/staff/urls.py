"""Pages of staff beside the admin."""

from django.urls import path

from . import views

app_name = "staff"
urlpatterns = [path("uebersicht/", views.overview, name="overview")]
