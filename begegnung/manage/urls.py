"""Paths below ``/begegnung/verwalten/``; ``begegnung:manage:<name>``."""

from django.urls import URLPattern, URLResolver, path

from begegnung.manage import confirming, counting, houses
from begegnung.manage.venue_paths import PATHS as VENUES

app_name = "manage"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", houses.houses, name="houses"),
    path("stimmt-noch/", confirming.confirm, name="confirm"),
    path("zaehlen/", counting.now, name="count"),
    path("zaehlen/<str:month>/", counting.month, name="count_month"),
    path("zaehlen/<slug:slug>/<str:month>/", counting.hall, name="count_hall"),
    *VENUES,
]
