"""The forms of series and meetings, of decisions, tasks and of the sentence for the report."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from seniorenbuero.models import (
    AgendaItem,
    ReportRemark,
    RoundTable,
    RoundTableMeeting,
    TableDecision,
    TableTask,
)
from seniorenbuero.tables import agenda
from seniorenbuero.tables.fields import AnonymousForm, ClockField, DayField
from seniorportal import access
from seniorportal.access import Right
from seniorportal.models import Partner, User


class TableForm(AnonymousForm):
    class Meta:
        model = RoundTable
        fields = ("title", "rhythm", "usual_time", "usual_place")
        error_messages = {"title": {"required": "Wie heißt der Runde Tisch?"}}


class MeetingForm(AnonymousForm):
    """``agenda`` is one line a point."""

    watched = ("topic", "agenda")
    date = DayField(label="Tag")
    start = ClockField(label="Beginn", required=False)
    end = ClockField(label="Ende", required=False)
    agenda = forms.CharField(
        label="Tagesordnung",
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Eine Zeile je Punkt, in der Reihenfolge des Abends.",
    )

    class Meta:
        model = RoundTableMeeting
        fields = ("date", "start", "end", "place", "topic", "state", "published")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["date", "start", "end", "place", "topic", "agenda", "state", "published"])
        self.fields["published"].label = "Auszug auf der Seite des Büros zeigen"
        self.fields[
            "published"
        ].help_text = (
            "Öffentlich: Tag, Thema, freigegebene Beschlüsse und Organisationen, die zugestimmt haben."
        )
        self.fields["topic"].help_text = "Kein Name, nichts über Menschen, die Rat suchen."
        if self.instance.pk:
            self.initial["agenda"] = "\n".join(item.title for item in self.instance.agenda.all())

    def clean_date(self) -> Any:
        day = self.cleaned_data["date"]
        others = RoundTableMeeting.objects.filter(round_table=self.instance.round_table, date=day)
        if others.exclude(pk=self.instance.pk).exists():
            raise ValidationError("An diesem Tag ist schon ein Treffen eingetragen.")
        return day

    def clean_agenda(self) -> list[str]:
        wanted = agenda.lines(self.cleaned_data["agenda"])
        agenda.check(self.instance, wanted)
        return wanted

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        day, state = cleaned.get("date"), cleaned.get("state")
        if day and day > timezone.localdate() and state == RoundTableMeeting.State.HELD:
            self.add_error("state", "Dieser Tag kommt erst noch: Das Treffen ist geplant.")
        start, end = cleaned.get("start"), cleaned.get("end")
        if end and not start:
            self.add_error("start", "Wann beginnt es?")
        elif start and end and end <= start:
            self.add_error("end", "Das Ende liegt nicht nach dem Beginn.")
        return cleaned


class ItemForm(AnonymousForm):
    """What was said on one point."""

    watched = ("said", "title")

    class Meta:
        model = AgendaItem
        fields = ("said",)
        widgets = {"said": forms.Textarea(attrs={"rows": 4})}


class NewItemForm(ItemForm):
    class Meta(ItemForm.Meta):
        fields = ("title", "said")  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = False
        self.fields["title"].label = "Weiterer Punkt"

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if cleaned.get("said") and not cleaned.get("title"):
            self.add_error("title", "Wie heißt der Punkt?")
        return cleaned


class DecisionForm(AnonymousForm):
    watched = ("text",)

    class Meta:
        model = TableDecision
        fields = ("text", "public")
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}
        error_messages = {"text": {"required": "Was wurde beschlossen?"}}


class TaskForm(AnonymousForm):
    """Whoever was invited to this round table before may take a task on; else it is the office."""

    watched = ("text",)
    due = DayField(label="Bis wann")

    class Meta:
        model = TableTask
        fields = ("text", "partner", "due")
        error_messages = {"text": {"required": "Was ist zu tun?"}}

    def __init__(self, *args: Any, user: User, meeting: RoundTableMeeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partner = self.fields["partner"]
        assert isinstance(partner, forms.ModelChoiceField)
        mine = Partner.objects.filter(attendances__meeting__round_table=meeting.round_table)
        partner.queryset = access.visible(
            user, Right.SEE, Partner.objects.offered().filter(pk__in=mine.order_by().values("pk"))
        )
        if self.instance.partner_id:
            self._keep_current(partner, self.instance.partner_id)
        partner.empty_label, partner.help_text = "das Seniorenbüro", ""


class RemarkForm(AnonymousForm):
    watched = ("sentence",)

    class Meta:
        model = ReportRemark
        fields = ("sentence",)
        labels = {"sentence": "Ein Satz für den Bericht"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sentence"].required = False
        self.fields["sentence"].help_text = "Höchstens 240 Zeichen. Leer: nicht vorgemerkt."
