"""Paths of the numbers, below ``/seniorenbuero/``."""

from django.urls import path

from . import views

PATHS = [
    path("zahlen/", views.numbers, name="numbers"),
    path("zahlen/beratungen.csv", views.as_csv, name="numbers_csv"),
    path("zahlen/beratungen.xlsx", views.as_xlsx, name="numbers_xlsx"),
]
