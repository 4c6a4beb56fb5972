"""What people type on these pages, as they type it."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

_CLOCK = re.compile(r"^\s*(\d{1,2})\s*(?:[.:,h]\s*(\d{1,2}))?\s*(?:uhr)?\s*$", re.IGNORECASE | re.ASCII)


class ClockField(forms.TimeField):
    """«9», «9.30», «14:00», «14 Uhr»."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": 6})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {}).setdefault("required", "Bitte geben Sie die Uhrzeit ein.")
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> dt.time | None:
        if value in self.empty_values or isinstance(value, dt.time):
            return value or None
        found = _CLOCK.match(str(value))
        try:
            return dt.time(int(found[1]), int(found[2] or 0)) if found else self._unreadable()
        except ValueError:
            return self._unreadable()

    @staticmethod
    def _unreadable() -> Any:
        raise ValidationError("Diese Uhrzeit gibt es nicht. Beispiele: 9 oder 14.30", code="invalid")

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, dt.time) else value
