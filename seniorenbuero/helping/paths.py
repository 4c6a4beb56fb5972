"""Paths below /seniorenbuero/nachbarschaftshilfe/."""

from django.urls import path

from seniorenbuero.helping import helpers, letters, matches, overview, requests, stop_page

BASE = "nachbarschaftshilfe/"
PATHS = [
    path(BASE, overview.overview, name="helping"),
    path(f"{BASE}helfende/", helpers.helpers, name="helpers"),
    path(f"{BASE}helfende/drucken/", helpers.printed, name="helpers_print"),
    path(f"{BASE}helfende/neu/", helpers.new, name="helper_new"),
    path(f"{BASE}helfende/<int:pk>/", helpers.helper, name="helper"),
    path(f"{BASE}helfende/<int:pk>/auskunft.json", helpers.information, name="helper_information"),
    path(f"{BASE}bitten/", requests.requests, name="help_requests"),
    path(f"{BASE}bitten/drucken/", requests.printed, name="help_requests_print"),
    path(f"{BASE}bitten/neu/", requests.new, name="help_request_new"),
    path(f"{BASE}bitten/<uuid:pk>/", requests.help_request, name="help_request"),
    path(f"{BASE}bitten/<uuid:pk>/vorsehen/", requests.propose, name="help_request_propose"),
    path(f"{BASE}bitten/<uuid:pk>/erledigt/", requests.settle, name="help_request_settle"),
    path(f"{BASE}bitten/<uuid:pk>/auskunft.json", requests.information, name="help_request_information"),
    path(f"{BASE}hilfen/<int:pk>/", matches.match, name="match"),
    path(f"{BASE}briefe/", letters.letters, name="helper_letters"),
    path(f"{BASE}keine-post/", stop_page.stop, name="stop_post"),
]
