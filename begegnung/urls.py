from django.urls import include, path

from begegnung import views
from seniorportal.models import ReportArea
from seniorportal.public import calendar_files
from seniorportal.public.printing import paths_of_place

app_name = "begegnung"
urlpatterns = [
    path("", views.venues, name="venues"),
    path("verwalten/", include("begegnung.manage.urls")),  # before the slugs: paths.py keeps the word free
    path("<slug:slug>/", views.venue, name="venue"),
    path("<slug:slug>/termine.ics", calendar_files.venue, name="venue_ics"),
    *paths_of_place(ReportArea.MEETING_PLACES, "<slug:slug>/"),
]
