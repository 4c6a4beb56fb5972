"""Paths of the network, below ``/seniorenbuero/netzwerk/``."""

from django.urls import path

from seniorenbuero.network import merging, partners

PATHS = [
    path("netzwerk/", partners.network, name="network"),
    path("netzwerk/drucken/", partners.on_paper, name="network_on_paper"),
    path("netzwerk/neu/", partners.new, name="partner_new"),
    path("netzwerk/doppelte/", merging.pairs, name="doubles"),
    path("netzwerk/doppelte/kein/", merging.apart, name="apart"),
    path("netzwerk/doppelte/<int:pk>/doch/", merging.not_apart, name="not_apart"),
    path("netzwerk/zusammenfuehren/<int:one>/<int:other>/", merging.merge, name="merge"),
    path("netzwerk/kontakt/<int:pk>/", partners.contact, name="contact"),
    path("netzwerk/<int:pk>/", partners.partner, name="partner"),
    path("netzwerk/<int:pk>/aendern/", partners.edit, name="partner_edit"),
    path("netzwerk/<int:pk>/kontakt/", partners.spoke, name="partner_contact"),
    path("netzwerk/<int:pk>/zusammenfuehren/", merging.merge_with, name="merge_with"),
]
