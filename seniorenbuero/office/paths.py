"""Paths below ``/seniorenbuero/buero/``."""

from django.urls import path

from seniorenbuero.office import absences, handing_over, last_day, overview, public_page, weeks

PATHS = [
    path("buero/", overview.overview, name="office"),
    path("buero/seite/", public_page.edit, name="office_page"),
    path("buero/uebergeben/", handing_over.hand_over, name="office_hand_over"),
    path("buero/abwesend/", absences.new, name="office_absent"),
    path("buero/abwesend/<int:pk>/", absences.change, name="office_absence"),
    path("buero/team/<int:pk>/", weeks.change, name="office_week"),
    path("buero/team/<int:pk>/letzter-tag/", last_day.change, name="office_last_day"),
]
