"""Paths of the sheets on the walls, below ``/zettel/``: with a token in them, which no log keeps."""

from django.urls import path

from begegnung import wall

app_name = "begegnung_wall"
urlpatterns = [
    path("", wall.enter, name="enter"),
    path("<str:token>/", wall.count, name="count"),
]
