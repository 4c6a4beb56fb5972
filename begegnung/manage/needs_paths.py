"""Paths around people and needs: volunteers, who is looked for, ideas, the map of needs, notes on houses."""

from django.urls import path

from begegnung.manage import ideas, needs, notes, openings, population, volunteers

PATHS = [
    path("ehrenamt/", volunteers.volunteers, name="volunteers"),
    path("ehrenamt/person/<int:pk>/", volunteers.person, name="volunteer"),
    path("ehrenamt/person/<int:pk>/auskunft/", volunteers.information, name="volunteer_information"),
    path("ehrenamt/einsatz/<int:pk>/", volunteers.engagement, name="engagement"),
    path("ehrenamt/<slug:slug>/", volunteers.of_venue, name="volunteers_of_venue"),
    path("mitmachen/", openings.taking_part, name="taking_part"),
    path("mitmachen/gesuch/neu/", openings.new_opening, name="new_opening"),
    path("mitmachen/gesuch/<int:pk>/", openings.opening, name="opening"),
    path("mitmachen/idee/<int:pk>/", ideas.idea, name="idea"),
    path("bedarf/", needs.needs_map, name="needs"),
    path("bedarf/einwohner/", population.upload, name="population"),
    path("notizen/", notes.notes, name="notes"),
    path("notizen/<int:pk>/loeschen/", notes.remove, name="remove_note"),
    path("notizen/<slug:slug>/", notes.of_venue, name="notes_of_venue"),
]
