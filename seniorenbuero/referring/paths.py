"""Paths of the Vermittlung below ``/seniorenbuero/``: the first few are within reach of the open log."""

from django.urls import path

from seniorenbuero.referring import card, page

PATHS = [
    path("beratung/vermittlung/", page.at_hand, name="refer"),
    path("beratung/vermittlung/<int:pk>/karte/", card.card, name="card"),
    path("beratung/vermittlung/<int:pk>/karte.pdf", card.card, name="card_pdf"),
    path("beratung/vermittlung/<int:pk>/zurueck/", page.withdraw, name="withdraw_referral"),
    path("vermittlung/", page.referring, name="referring"),
]
