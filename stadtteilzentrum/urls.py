from django.urls import path

from seniorportal.models import ReportArea
from seniorportal.public import calendar_files
from seniorportal.public.printing import paths_of_place
from stadtteilzentrum import views

app_name = "stadtteilzentrum"
urlpatterns = [
    path("", views.centre, name="centre"),
    path("termine.ics", calendar_files.centre, name="centre_ics"),
    *paths_of_place(ReportArea.CENTRE),
]
