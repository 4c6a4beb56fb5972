"""Forms of one agreed help: the first visit together, the start, the end."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from seniorenbuero.helping.forms import DAY, MOST_HOURS, WHOLE, day_input, no_more_than, some_help
from seniorenbuero.models import Match
from seniorportal.staff.forms import RecordForm


class MatchForm(RecordForm):
    tasks = some_help("Hilfe")

    class Meta:
        model = Match
        fields = ("first_visit_on", "accompanied_by", "started_on", "tasks", "hours_per_month")
        help_texts = {
            "accompanied_by": "Beim ersten Besuch ist jemand vom Büro dabei.",
            "started_on": "Leer: noch nicht vereinbart.",
            "hours_per_month": "Ungefähr genügt. Leer: nicht bekannt.",
        }
        widgets = {"first_visit_on": day_input(), "started_on": day_input()}
        error_messages = {
            "first_visit_on": {"invalid": DAY},
            "started_on": {"invalid": DAY},
            "hours_per_month": WHOLE,
        }

    def __init__(self, *args: Any, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["accompanied_by"].queryset = colleagues  # type: ignore[attr-defined]
        self.fields["accompanied_by"].empty_label = "noch offen"  # type: ignore[attr-defined]

    def clean_hours_per_month(self) -> int | None:
        words = f"Mehr als {MOST_HOURS} Stunden im Monat sind keine Nachbarschaftshilfe mehr. Bitte prüfen."
        return no_more_than(MOST_HOURS, words, self.cleaned_data["hours_per_month"])

    def clean(self) -> dict[str, Any] | None:
        said = super().clean() or {}
        visit, start = said.get("first_visit_on"), said.get("started_on")
        if start and not visit and "first_visit_on" not in self.errors:
            self.add_error("first_visit_on", "Vor dem Beginn steht der gemeinsame erste Besuch: Wann war er?")
        elif start and visit and start < visit:
            self.add_error("started_on", "Der Beginn liegt vor dem gemeinsamen ersten Besuch.")
        if start and start > timezone.localdate():
            self.add_error(
                "started_on", "Dieser Tag liegt in der Zukunft. Eingetragen wird, was begonnen hat."
            )
        if start and visit and not said.get("accompanied_by") and "accompanied_by" not in self.errors:
            self.add_error("accompanied_by", "Wer vom Büro war beim ersten Besuch dabei?")
        return said


class EndForm(RecordForm):
    """``rest``: what happens to the request behind it."""

    rest = forms.ChoiceField(
        label="Und die Person, der geholfen wurde?",
        choices=(
            ("erledigt", "Erledigt: Alles, was über sie gespeichert ist, wird gelöscht."),
            ("suchen", "Sie sucht wieder jemanden: Ihre Bitte bleibt."),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": "Bitte wählen Sie, wie es weitergeht."},
    )

    class Meta:
        model = Match
        fields = ("ended_on", "end_reason")
        labels = {"ended_on": "Letzter Tag", "end_reason": "Warum"}
        widgets = {"ended_on": day_input()}
        error_messages = {"ended_on": {"invalid": DAY}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in (
            ("ended_on", "Bis wann wurde geholfen?"),
            ("end_reason", "Bitte wählen Sie einen Grund."),
        ):
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = words
        if not self.is_bound:
            self.initial["ended_on"] = timezone.localdate()
        if self.instance.request_id is None:
            del self.fields["rest"]

    def clean_ended_on(self) -> Any:
        day = self.cleaned_data["ended_on"]
        if day > timezone.localdate():
            raise ValidationError(
                "Dieser Tag liegt in der Zukunft. Bitte erst eintragen, wenn es so weit ist."
            )
        if self.instance.started_on and day < self.instance.started_on:
            raise ValidationError(f"Begonnen hat die Hilfe am {self.instance.started_on:%d.%m.%Y}.")
        return day

    def clean(self) -> dict[str, Any] | None:
        said = super().clean() or {}
        died = said.get("end_reason") == Match.End.DIED
        if died and said.get("rest") == "suchen":
            self.add_error("rest", "Wer verstorben ist, sucht niemanden mehr.")
        return said
