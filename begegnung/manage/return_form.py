"""The form of one Jahresmeldung: filled in with what counts, storing only what was corrected."""

from typing import Any

from django import forms

from begegnung.models import AnnualReturn
from begegnung.numbers import FIELDS, House
from seniorportal.staff.forms import RecordForm

MOST = 9_999_999
LABELS = {"opening_hours": "Öffnungsstunden", "visits": "Besuche", "volunteers": "Ehrenamtliche"}


class ReturnForm(RecordForm):
    """What was counted has no box: it is corrected where it was counted."""

    class Meta:
        model = AnnualReturn
        fields = (*FIELDS, "comment")
        widgets = {"comment": forms.Textarea(attrs={"rows": 3, "maxlength": 2000})}

    def __init__(self, house: House, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.house = house
        for name in FIELDS:
            self.fields[name] = forms.IntegerField(
                label=LABELS[name],
                required=False,
                min_value=0,
                max_value=MOST,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
                error_messages={
                    "invalid": "Bitte eine ganze Zahl eintragen, oder nichts, wenn niemand es weiß.",
                    "min_value": "Weniger als 0 geht nicht.",
                    "max_value": "Diese Zahl ist zu groß. Bitte sehen Sie noch einmal nach.",
                },
            )
            self.initial[name] = getattr(house, name)
        self.fields["comment"].max_length = 2000  # type: ignore[attr-defined]
        if house.known.counted:
            del self.fields["visits"]
        if house.known.volunteers:
            del self.fields["volunteers"]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        comment = (cleaned or {}).get("comment") or ""
        if len(comment) > 2000:
            self.add_error("comment", "Bitte schreiben Sie höchstens 2.000 Zeichen.")
        return cleaned

    def clean_opening_hours(self) -> int | None:
        """What the opening hours give is no correction."""
        value: int | None = self.cleaned_data["opening_hours"]
        return None if value == self.house.known.opening_hours else value

    def clean_visits(self) -> int | None:
        value: int | None = self.cleaned_data["visits"]
        return None if value == self.house.known.visits else value
