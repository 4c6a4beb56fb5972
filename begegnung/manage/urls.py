"""Paths below ``/begegnung/verwalten/``; ``begegnung:manage:<name>``."""

from django.urls import URLPattern, URLResolver, path

from begegnung.manage import houses

app_name = "manage"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", houses.houses, name="houses"),
]
