"""Where a card arrives: the page of the houses, and below ``/zettel/``, which no log keeps, what its QR code opens."""

from django.urls import path

from seniorenbuero.referring import arriving

app_name = "arrival"
urlpatterns = [
    path("begegnung/verwalten/angekommen/", arriving.hall, name="hall"),
    path("zettel/karte/", arriving.typed, name="typed"),
    path("zettel/karte/<str:code>/", arriving.card, name="card"),
]
