"""Paths of one house and of what may happen to it; behind all that begin with a word of their own."""

from django.urls import URLPattern, path

from begegnung.manage import access_check, cancelling, closing, contact, hours, rooms, venue, week

PATHS: list[URLPattern] = [
    path("faellt-aus/", cancelling.called_off, name="called_off"),
    path("schliessen/", closing.closings, name="closings"),
    path("schliessen/<int:pk>/", closing.closing_of, name="closing"),
    path("<slug:slug>/", venue.venue, name="venue"),
    path("<slug:slug>/stammdaten/", venue.facts, name="venue_facts"),
    path("<slug:slug>/vorschlag/", venue.propose, name="propose"),
    path("<slug:slug>/kontakt/", contact.contacts, name="contacts"),
    path("<slug:slug>/kontakt/neu/", contact.contact, name="contact_add"),
    path("<slug:slug>/kontakt/<int:pk>/", contact.contact, name="contact"),
    path("<slug:slug>/zeiten/", hours.overview, name="hours"),
    path("<slug:slug>/zeiten/woche/", week.week, name="week"),
    path("<slug:slug>/zeiten/besonderer-tag/", week.special_day, name="special_day"),
    path("<slug:slug>/raeume/", rooms.rooms, name="rooms"),
    path("<slug:slug>/raeume/neu/", rooms.room, name="room_add"),
    path("<slug:slug>/raeume/<int:pk>/", rooms.room, name="room"),
    path("<slug:slug>/barrierefreiheit/", access_check.access_check, name="access_check"),
    path("<slug:slug>/barrierefreiheit/<slug:key>/", access_check.feature, name="access_feature"),
    path("<slug:slug>/absage-code/", cancelling.code, name="cancel_code"),
    path("<slug:slug>/absage-code/brief/", cancelling.letter, name="cancel_letter"),
]
