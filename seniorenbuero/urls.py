from django.urls import path

from seniorenbuero import finding, round_table_page, views
from seniorportal.models import ReportArea
from seniorportal.public import calendar_files
from seniorportal.public.printing import paths_of_place

app_name = "seniorenbuero"
urlpatterns = [
    path("", views.offices, name="offices"),
    path("finden/", finding.find, name="find"),
    path("<slug:bezirk>/", views.office, name="office"),
    path("<slug:bezirk>/runder-tisch/", round_table_page.round_table, name="round_table"),
    path("<slug:bezirk>/termine.ics", calendar_files.office, name="office_ics"),
    *paths_of_place(ReportArea.OFFICES, "<slug:bezirk>/"),
]
