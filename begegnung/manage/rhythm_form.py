"""The rhythm in a form that needs no JavaScript: days and times as people write them, every mistake in a sentence."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from begegnung import rhythm
from begegnung.rhythm import INTERVALS, Kind, Rhythm
from seniorportal.importing import words
from seniorportal.models import Weekday

MOST_DAYS = 100
PLACES = [(number, name) for number, name in rhythm.PLACES.items()]
NO_DAY = "«%(value)s» ist kein Tag. Bitte als TT.MM.JJJJ schreiben, zum Beispiel 12.01.2027."


class DayField(forms.Field):
    """``12.1.27``, ``12.01.2027``, ``12. Januar 2027``, ``2027-01-12``."""

    widget = forms.DateInput(format="%d.%m.%Y", attrs={"autocomplete": "off"})

    def to_python(self, value: Any) -> dt.date | None:
        return value if isinstance(value, dt.date) else read_day(str(value or "").strip())

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True


class ClockField(forms.Field):
    """``15``, ``15:30``, ``15.30 Uhr``."""

    widget = forms.TimeInput(format="%H:%M", attrs={"autocomplete": "off"})

    def to_python(self, value: Any) -> dt.time | None:
        if isinstance(value, dt.time) or not value or not str(value).strip():
            return value or None
        try:
            start, end = words.clock(str(value).strip())
        except words.Unclear as unclear:
            raise ValidationError(str(unclear)) from None
        if start is None or end is not None:
            raise ValidationError("Bitte eine einzelne Uhrzeit eintragen, zum Beispiel 15:00.")
        return start

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True


class DaysField(forms.CharField):
    """Days one below the other, or with commas between them."""

    widget = forms.Textarea(attrs={"rows": 4})

    def to_python(self, value: Any) -> tuple[dt.date, ...]:  # type: ignore[override]
        named = [part.strip() for part in re.split(r"[\n,;]+", str(value or "")) if part.strip()]
        if len(named) > MOST_DAYS:
            raise ValidationError(f"Das sind mehr als {MOST_DAYS} Tage. Bitte in mehrere Angebote teilen.")
        days = [read_day(part) for part in named]
        return tuple(sorted({day for day in days if day}))

    def validate(self, value: Any) -> None:
        """Whether any is needed depends on the kind of rhythm."""

    def run_validators(self, value: Any) -> None:
        """The days were read one by one."""

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else "\n".join(f"{day:%d.%m.%Y}" for day in value or ())

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != tuple(initial or ())
        except ValidationError:
            return True


def read_day(text: str) -> dt.date | None:
    if not text:
        return None
    text = re.sub(r"^[A-Za-z]{2,10}\.?,?\s+(?=\d)", "", text)  # «Di, 12.01.2027»
    try:
        found = words.single_date(text)
    except (words.Unclear, ValueError) as error:
        said = str(error) if isinstance(error, words.Unclear) else NO_DAY % {"value": words.short(text)}
        raise ValidationError(said) from None
    if found is None:
        raise ValidationError(NO_DAY, params={"value": words.short(text)})
    return found


def labelled(kind: str) -> str:
    return str(Kind(kind).label)


KINDS = [(kind.value, kind.label) for kind in Kind if kind != Kind.KEPT]


class RhythmFields(forms.Form):
    """To be mixed into the form of an offering: ``stored`` is set before, ``chosen`` after cleaning.

    What the chosen kind does not ask for is ignored, and stays typed.
    """

    kind = forms.ChoiceField(
        label="Wie oft?",
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Bitte wählen Sie, wie oft es stattfindet.",
            "invalid_choice": "Bitte wählen Sie eine der Möglichkeiten aus.",
        },
    )
    weekdays = forms.TypedMultipleChoiceField(
        label="Wochentage",
        choices=[(day.value, day.label) for day in Weekday],
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    interval = forms.TypedChoiceField(
        label="Abstand",
        choices=[(n, f"alle {n} Wochen") for n in INTERVALS],
        coerce=int,
        required=False,
    )
    places = forms.TypedMultipleChoiceField(
        label="Der wievielte im Monat?",
        choices=PLACES,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    first_date = DayField(label="Ab wann?", required=False)
    active_until = DayField(
        label="Bis wann?", required=False, help_text="Letzter Tag. Leer: bis auf Weiteres."
    )
    days = DaysField(
        label="An welchen Tagen?", required=False, help_text="Ein Tag je Zeile, zum Beispiel 12.01.2027."
    )
    start = ClockField(label="Beginn", required=False, help_text="Zum Beispiel 15:00.")
    minutes = forms.IntegerField(
        label="Dauer in Minuten",
        required=False,
        min_value=5,
        max_value=24 * 60,
        help_text="Leer: nicht bekannt.",
        error_messages={"invalid": "Bitte die Dauer in ganzen Minuten eintragen, zum Beispiel 90."},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    skip_public_holidays = forms.BooleanField(label="nicht an Feiertagen", required=False)
    skip_school_holidays = forms.BooleanField(label="nicht in den Schulferien", required=False)

    stored = Rhythm(Kind.OPEN)
    chosen: Rhythm | None = None
    is_new = True

    def show(self, stored: Rhythm, is_new: bool) -> None:
        """The stored rhythm as what the form begins with."""
        self.stored, self.is_new = stored, is_new
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        if stored.kind == Kind.KEPT:
            kind.choices = [(Kind.KEPT.value, labelled(Kind.KEPT)), *KINDS]
        if not is_new:
            self.initial["kind"] = stored.kind.value
        self.initial.setdefault("weekdays", list(stored.weekdays))
        self.initial.setdefault("interval", max(stored.interval, 2))
        self.initial.setdefault("places", list(stored.places))
        self.initial["days"] = stored.days

    def choose(self, cleaned: dict[str, Any]) -> None:
        """Reads what was typed into ``chosen``; mistakes go to their fields."""
        kind = cleaned.get("kind")
        if kind is None:
            return
        today, found = timezone.localdate(), Kind(kind)
        weekdays, first = tuple(sorted(cleaned.get("weekdays") or ())), cleaned.get("first_date")
        needs = {
            "weekdays": found in (Kind.WEEKLY, Kind.EVERY, Kind.MONTHLY) and not weekdays,
            "places": found == Kind.MONTHLY and not cleaned.get("places"),
            "first_date": found in (Kind.ONCE, Kind.EVERY) and not first,
            "days": found == Kind.DATES and not cleaned.get("days"),
            "start": found not in (Kind.OPEN, Kind.KEPT) and not cleaned.get("start"),
        }
        for name, missing in needs.items():
            if missing and name not in self.errors:
                self.add_error(name, MISSING[name])
        if found == Kind.MONTHLY and len(weekdays) > 1:
            self.add_error("weekdays", "Für einen Tag im Monat bitte genau einen Wochentag ankreuzen.")
        running = found in (Kind.WEEKLY, Kind.MONTHLY)
        self.chosen = Rhythm(
            found,
            weekdays if running or found == Kind.EVERY else (),
            cleaned.get("interval") or 2 if found == Kind.EVERY else 1,
            rhythm.in_order(cleaned.get("places") or ()) if found == Kind.MONTHLY else (),
            self.stored.first if found == Kind.KEPT else (first or (today if running else None)),
            cleaned.get("days") or () if found == Kind.DATES else (),
        )
        if found in (Kind.DATES, Kind.OPEN):
            self.chosen = Rhythm(found, days=self.chosen.days)
        self._in_time(cleaned, today)

    def _in_time(self, cleaned: dict[str, Any], today: dt.date) -> None:
        chosen = self.chosen
        assert chosen is not None
        past = [day for day in chosen.days if day < today]
        if past:
            self.add_error("days", f"Der {past[0]:%d.%m.%Y} ist schon vorbei. Bitte nur kommende Tage.")
        moved = chosen.kind == Kind.ONCE and chosen != self.stored
        if moved and chosen.first and chosen.first < today:
            self.add_error("first_date", f"Der {chosen.first:%d.%m.%Y} ist schon vorbei.")
        last = cleaned.get("active_until")
        runs = chosen.kind in (Kind.WEEKLY, Kind.EVERY, Kind.MONTHLY, Kind.KEPT)
        if runs and last and chosen.first and last < chosen.first:
            self.add_error("active_until", "Der letzte Tag liegt vor dem ersten.")


MISSING = {
    "weekdays": "Bitte mindestens einen Wochentag ankreuzen.",
    "places": "Bitte ankreuzen, der wievielte im Monat es ist.",
    "first_date": "Bitte den Tag eintragen, an dem es zum ersten Mal stattfindet.",
    "days": "Bitte mindestens einen Tag eintragen.",
    "start": "Bitte den Beginn eintragen. Ist er noch nicht bekannt, wählen Sie «Zeit noch nicht bekannt».",
}
