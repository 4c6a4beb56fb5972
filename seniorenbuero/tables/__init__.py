"""Runde Tische: series, meetings, invitations, attendance, minutes, decisions and tasks; the office's own events."""
