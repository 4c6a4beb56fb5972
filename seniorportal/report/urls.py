"""/bericht/: the index, each period for people and for scripts."""

from django.urls import path, register_converter

from seniorportal.report import views


class PeriodConverter:
    """``2017`` or ``2014-2017``; whether there is such a report is decided by the view."""

    regex = "[0-9]{4}(?:-[0-9]{4})?"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: object) -> str:
        return str(value)


register_converter(PeriodConverter, "period")

app_name = "report"

urlpatterns = [
    path("", views.index, name="index"),
    path("<period:period>/", views.period, name="period"),
    path("<period:period>.json", views.period_json, name="period_json"),
    path("<period:period>.csv", views.period_file, {"form": "csv"}, name="period_csv"),
    path("<period:period>.xlsx", views.period_file, {"form": "xlsx"}, name="period_xlsx"),
    path("<period:period>.pdf", views.period_file, {"form": "pdf"}, name="period_pdf"),
]
