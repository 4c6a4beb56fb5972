"""Days and times as people write them, and the question that is asked where a text may point to a person."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from seniorportal import anonymity
from seniorportal.staff.forms import RecordForm

_CLOCK = re.compile(r"^\s*(\d{1,2})\s*(?:[.:]\s*(\d{2}))?\s*(?:uhr)?\s*$", re.IGNORECASE | re.ASCII)
NO_DAY = "Bitte einen Tag angeben, zum Beispiel 12.03.2027."


class DayField(forms.DateField):
    """From the calendar of the browser, or typed: 12.3.27, 12.03.2027."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def __init__(self, **kwargs: Any) -> None:
        formats = ["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y"]
        super().__init__(
            input_formats=formats, error_messages={"invalid": NO_DAY, "required": NO_DAY}, **kwargs
        )

    def to_python(self, value: Any) -> dt.date | None:
        day: dt.date | None = super().to_python(value)
        if day and not 2000 <= day.year <= 2100:
            raise ValidationError(NO_DAY, code="invalid")
        return day


class ClockField(forms.TimeField):
    """«9», «9.30», «14:00», «14 Uhr»."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "size": 6})

    def to_python(self, value: Any) -> dt.time | None:
        if value in self.empty_values or isinstance(value, dt.time):
            return value or None
        found = _CLOCK.match(str(value))
        if found and int(found[1]) < 24 and int(found[2] or 0) < 60:
            return dt.time(int(found[1]), int(found[2] or 0))
        raise ValidationError("Diese Uhrzeit gibt es nicht. Beispiele: 15 oder 14.30", code="invalid")

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, dt.time) else value


class AnonymousForm(RecordForm):
    """Asks once more where a text may point to a person; whoever says «trotzdem» is believed."""

    watched: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.traces: list[str] = []

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        said = [str(cleaned.get(name) or "") for name in self.watched if name in self.changed_data]
        if said and "trotzdem" not in self.data:
            self.traces = anonymity.traces(". ".join(said))
        return cleaned

    def fine(self) -> bool:
        return self.is_valid() and not self.traces
