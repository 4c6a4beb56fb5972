"""Paths below ``/begegnung/verwalten/``; ``begegnung:manage:<name>``."""

from django.urls import URLPattern, URLResolver, path

from begegnung.manage import confirming, houses, programmes
from begegnung.manage.counting_paths import PATHS as COUNTING
from begegnung.manage.needs_paths import PATHS as NEEDS
from begegnung.manage.offering_paths import PATHS as OFFERINGS
from begegnung.manage.venue_paths import PATHS as VENUES

app_name = "manage"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", houses.houses, name="houses"),
    *COUNTING,  # their words stand before the slugs of venues
    path("stimmt-noch/", confirming.confirm, name="confirm"),
    path("programme/", programmes.now, name="programmes_now"),
    path("programme/<str:month>/", programmes.programmes, name="programmes"),
    *OFFERINGS,
    *NEEDS,
    *VENUES,
]
