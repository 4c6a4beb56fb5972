"""Counting halls and reporting years, below ``/begegnung/verwalten/``."""

from django.urls import URLPattern, path

from begegnung.manage import counting, packet, returns, sheets

PATHS: list[URLPattern] = [
    path("zaehlen/", counting.now, name="count"),
    path("zaehlen/<str:month>/", counting.month, name="count_month"),
    path("zaehlen/<slug:slug>/<str:month>/", counting.hall, name="count_hall"),
    path("zettel/", sheets.sheets, name="sheets"),
    path("zettel/alle/", sheets.all_sheets, name="all_sheets"),
    path("zettel/<int:number>/", sheets.sheet, name="sheet"),
    path("zettel/<int:number>.pdf", sheets.sheet, name="sheet_pdf"),
    path("meldungen/", returns.now, name="returns_now"),
    path("meldungen/<int:year>/", returns.year, name="returns"),
    path("meldungen/<int:year>.xlsx", returns.xlsx, name="returns_xlsx"),
    path("meldungen/<int:year>/bogen/", packet.packet, name="packet"),
    path("meldungen/<int:year>/bogen.pdf", packet.packet, name="packet_pdf"),
    path("meldungen/<int:year>/<slug:slug>/", returns.hall, name="return"),
]
