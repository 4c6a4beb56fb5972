"""Paths below ``/seniorenbuero/``; ``/seniorenbueros/`` is the public side."""

from django.urls import path

from seniorenbuero.desk import lists, log, place, start
from seniorenbuero.helping.paths import PATHS as HELPING
from seniorenbuero.network.paths import PATHS as NETWORK
from seniorenbuero.numbers.paths import PATHS as NUMBERS
from seniorenbuero.office.paths import PATHS as OFFICE
from seniorenbuero.referring.paths import PATHS as REFERRING
from seniorenbuero.tables.paths import PATHS as TABLES

app_name = "desk"
urlpatterns = [
    path("", start.start, name="start"),
    path("beratung/", lists.day, name="day"),
    path("beratung/neu/", log.new, name="log"),
    path("beratung/gleiche/", log.same, name="same"),
    path("beratung/ort/", place.look_up, name="place"),
    path("beratung/schicht/", log.shift_page, name="shift"),
    path("beratung/<int:pk>/", log.change, name="entry"),
    path("beratung/<int:pk>/zurueck/", log.withdraw, name="withdraw"),
    path("beratung/monat/<str:month>/", lists.month, name="month"),
    *HELPING,
    *OFFICE,
    *REFERRING,
    *NETWORK,
    *NUMBERS,
    *TABLES,
]
