"""Figures of this report area; handed in when the app is ready."""
