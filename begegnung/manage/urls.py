"""Paths below ``/begegnung/verwalten/``; ``begegnung:manage:<name>``."""

from django.urls import URLPattern, URLResolver, path

from begegnung.manage import confirming, houses
from begegnung.manage.counting_paths import PATHS as COUNTING
from begegnung.manage.venue_paths import PATHS as VENUES

app_name = "manage"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", houses.houses, name="houses"),
    *COUNTING,  # their words stand before the slugs of venues
    path("stimmt-noch/", confirming.confirm, name="confirm"),
    *VENUES,
]
