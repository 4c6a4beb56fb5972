"""The models of the apps above. The demo is the one place that fills them from below, so it asks for them by name."""

from typing import Any

from django.apps import apps

# Any: their managers and fields are known to mypy only by import, and imports run downwards.
MeetingPlace: Any = apps.get_model("begegnung", "MeetingPlace")
AnnualReturn: Any = apps.get_model("begegnung", "AnnualReturn")
VenueNote: Any = apps.get_model("begegnung", "VenueNote")
Centre: Any = apps.get_model("stadtteilzentrum", "Centre")
HouseService: Any = apps.get_model("stadtteilzentrum", "HouseService")
Office: Any = apps.get_model("seniorenbuero", "Office")
RoundTable: Any = apps.get_model("seniorenbuero", "RoundTable")
RoundTableMeeting: Any = apps.get_model("seniorenbuero", "RoundTableMeeting")
Attendance: Any = apps.get_model("seniorenbuero", "Attendance")
AgendaItem: Any = apps.get_model("seniorenbuero", "AgendaItem")
TableDecision: Any = apps.get_model("seniorenbuero", "TableDecision")
TableTask: Any = apps.get_model("seniorenbuero", "TableTask")
ReportRemark: Any = apps.get_model("seniorenbuero", "ReportRemark")
Helper: Any = apps.get_model("seniorenbuero", "Helper")
WorkingWeek: Any = apps.get_model("seniorenbuero", "WorkingWeek")
Referral: Any = apps.get_model("seniorenbuero", "Referral")
UnmetNeed: Any = apps.get_model("seniorenbuero", "UnmetNeed")
