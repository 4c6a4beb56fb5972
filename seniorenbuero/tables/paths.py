"""Paths below ``/seniorenbuero/runde-tische/`` and ``/seniorenbuero/veranstaltungen/``."""

from django.urls import path

from seniorenbuero.tables import attendance, events, inviting, meetings, minutes, outcome, series

ONE = "runde-tische/treffen/<int:pk>/"
PATHS = [
    path("runde-tische/", series.tables, name="tables"),
    path("runde-tische/neu/", series.table_new, name="table_new"),
    path("runde-tische/<int:pk>/", series.table, name="table"),
    path("runde-tische/<int:pk>/aendern/", series.table_edit, name="table_edit"),
    path("runde-tische/<int:pk>/treffen/neu/", meetings.meeting_new, name="meeting_new"),
    path(ONE, meetings.meeting, name="meeting"),
    path(f"{ONE}aendern/", meetings.meeting_edit, name="meeting_edit"),
    path(f"{ONE}einladen/", inviting.invite, name="invite"),
    path(f"{ONE}einladungen/", inviting.invitations, name="invitations"),
    path(f"{ONE}einladungen.pdf", inviting.invitation_letters, name="invitation_letters"),
    path(f"{ONE}anwesenheit/", attendance.attendance, name="attendance"),
    path(f"{ONE}protokoll/", minutes.minutes, name="minutes"),
    path(f"{ONE}protokoll.pdf", minutes.minutes_pdf, name="minutes_pdf"),
    path(f"{ONE}beschluesse/neu/", outcome.decision_new, name="decision_new"),
    path(f"{ONE}aufgaben/neu/", outcome.task_new, name="task_new"),
    path(f"{ONE}vormerken/", outcome.remark, name="meeting_remark"),
    path("runde-tische/beschluesse/<int:pk>/", outcome.decision, name="decision"),
    path("runde-tische/aufgaben/<int:pk>/", outcome.task, name="task"),
    path("runde-tische/aufgaben/<int:pk>/erledigt/", outcome.task_done, name="task_done"),
    path("veranstaltungen/", events.events, name="events"),
    path("veranstaltungen/neu/", events.event_new, name="event_new"),
    path("veranstaltungen/<int:pk>/", events.event, name="event"),
]
