"""Forms that lose nobody's work: they carry the version they were loaded with, and show both values where two met."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.formsets import ManagementForm
from django.forms.models import BaseInlineFormSet
from django.utils import formats
from django.utils.functional import cached_property

CONFLICT = (
    "Diesen Eintrag hat inzwischen jemand anderes gespeichert. Bei jedem Feld, das abweicht, steht, was jetzt "
    "gespeichert ist; Ihre Eingaben sind noch da. Sichern Sie noch einmal, wenn Ihre Eingaben gelten sollen."
)


class Carried(forms.IntegerField):
    """A number the form only carries along; it is no change."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class CarriedUUID(forms.UUIDField):
    """An unreadable one counts as none: the record then gets its own."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> uuid.UUID | None:
        try:
            return super().clean(value)
        except ValidationError:
            return None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class RowForm(forms.ModelForm):
    """A form over one row. ``stale`` means that the row was saved after this form was loaded.

    A field that points to other rows always offers what it points to now, whoever may see it: saving loses no link.
    """

    stale = False
    data: Any  # a QueryDict; our own copy where a carried number is renewed

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField) and self.instance.pk:
                self._keep_current(field, self.initial.get(name))

    def _keep_current(self, field: forms.ModelChoiceField, current: Any) -> None:
        if current in (None, "", []) or field.queryset is None:
            return
        keys = [getattr(one, "pk", one) for one in (current if isinstance(current, list) else [current])]
        rows = field.queryset
        either = models.Q(pk__in=rows.order_by().values("pk")) | models.Q(pk__in=keys)
        kept = rows.model._default_manager.filter(either)
        field.queryset = kept.order_by(*rows.query.order_by) if rows.query.order_by else kept

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.stale:
            self._show_both_values()
        return cleaned

    def _show_both_values(self) -> None:
        options = self._meta.model._meta
        known = {field.name for field in (*options.fields, *options.many_to_many)}
        changed = [name for name in self.changed_data if name in known]
        for name in changed:
            said = told(self.fields[name], self[name].initial)
            self.add_error(name, f"Inzwischen gespeichert: «{said}». Ihre Eingabe steht im Feld.")
        if changed:
            self.add_error(None, CONFLICT)


class RecordForm(RowForm):
    """The form of a whole page: it carries the version of its record, or the number of its first submission."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = {field.name for field in self._meta.model._meta.fields}
        if self.instance.pk and "version" in names:
            self._carry_version()
        elif not self.instance.pk and "submission" in names:
            self.fields["submission"] = CarriedUUID(required=False)
            self.initial["submission"] = uuid.uuid4()

    def _carry_version(self) -> None:
        """Compare the version that came back with the stored one, and carry the stored one from now on."""
        stored = self.instance.version
        self.fields["version"] = Carried(required=False)
        self.initial["version"] = stored
        if self.is_bound:
            name = self.add_prefix("version")
            self.stale = str(self.data.get(name, "")) != str(stored)
            self.data = self.data.copy()
            self.data[name] = str(stored)

    def carried(self) -> list[forms.BoundField]:
        """The hidden fields that the page must write into the form."""
        return [self[name] for name in ("version", "submission") if name in self.fields]


def told(field: forms.Field, value: Any) -> str:
    """A stored value in words, as the field would show it."""
    if isinstance(field, forms.ModelMultipleChoiceField):
        return ", ".join(str(one) for one in value or ()) or "nichts"
    if isinstance(field, forms.ModelChoiceField):
        if value in (None, "") or field.queryset is None:
            return "nichts"
        return str(field.queryset.filter(pk=getattr(value, "pk", value)).first() or "ein anderer Eintrag")
    if isinstance(field, forms.NullBooleanField | forms.BooleanField):
        return {True: "ja", False: "nein"}.get(value, "nicht bekannt")
    if isinstance(field, forms.MultipleChoiceField):
        chosen: Any = field.choices
        return ", ".join(str(label) for key, label in chosen if key in (value or ())) or "nichts"
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        for key, label in choices:
            if str(key) == str("" if value is None else value):
                return str(label)
    if value in (None, ""):
        return "nichts"
    return str(formats.localize_input(value))


class RecordFormSet(BaseInlineFormSet):
    """Rows below a record. One hidden field carries the version of every row that was shown.

    A row that somebody changed meanwhile shows both values; one that somebody removed leaves the form with a sentence.
    """

    data: Any  # the admin hands in a copy of its own
    model: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.stale: set[int] = set()
        self.gone = 0
        super().__init__(*args, **kwargs)
        self._versioned = any(field.name == "version" for field in self.model._meta.fields)
        if self.is_bound and self.instance.pk:
            self._compare()

    def add_fields(self, form: Any, index: int | None) -> None:
        """Only the head of the column says what the box is for; whoever does not see it hears which row goes."""
        super().add_fields(form, index)
        if "DELETE" in form.fields and form.instance.pk:
            form.fields["DELETE"].widget.attrs["aria-label"] = f"Löschen: {form.instance}"

    @property
    def _versions_name(self) -> str:
        return f"{self.prefix}-VERSIONS"

    def _stored(self) -> dict[int, int]:
        if not getattr(self, "_versioned", False):
            return {}
        return {row.pk: row.version for row in self.get_queryset()}

    def _compare(self) -> None:
        stored = self._stored() if self._versioned else {row.pk: 1 for row in self.get_queryset()}
        self._drop_the_gone(set(stored))
        shown = dict(
            pair.split(":", 1) for pair in self.data.get(self._versions_name, "").split() if ":" in pair
        )
        if self._versioned:
            self.stale = {pk for pk, version in stored.items() if shown.get(str(pk)) != str(version)}
            self.data[self._versions_name] = write(stored)

    def _drop_the_gone(self, there: set[int]) -> None:
        """Take out the rows that are no longer stored and number the others anew."""
        pk_name = self.model._meta.pk.name
        try:
            total = int(self.data.get(f"{self.prefix}-TOTAL_FORMS", ""))
            first = int(self.data.get(f"{self.prefix}-INITIAL_FORMS", ""))
        except ValueError:
            return  # the management form says so itself
        if not 0 <= first <= total <= self.absolute_max:
            return
        kept = [
            index
            for index in range(total)
            if index >= first or self.data.get(f"{self.prefix}-{index}-{pk_name}", "") in map(str, there)
        ]
        self.gone = total - len(kept)
        if not self.gone:
            return
        rows: dict[int, dict[str, list[str]]] = {}
        for key in [key for key in self.data if key.startswith(f"{self.prefix}-")]:
            number, _, rest = key.removeprefix(f"{self.prefix}-").partition("-")
            if number.isdecimal() and rest:
                rows.setdefault(int(number), {})[rest] = self.data.getlist(key)
                del self.data[key]
        for new, old in enumerate(kept):
            for rest, values in rows.get(old, {}).items():
                self.data.setlist(f"{self.prefix}-{new}-{rest}", values)
        self.data[f"{self.prefix}-TOTAL_FORMS"] = str(len(kept))
        self.data[f"{self.prefix}-INITIAL_FORMS"] = str(first - self.gone)

    @cached_property
    def management_form(self) -> ManagementForm:
        form = super().management_form
        form.fields["VERSIONS"] = forms.CharField(required=False, widget=forms.HiddenInput)
        if not self.is_bound:
            form.initial["VERSIONS"] = write(self._stored()) if self.instance.pk else ""
        return form

    def _construct_form(self, i: int, **kwargs: Any) -> forms.ModelForm:
        form = super()._construct_form(i, **kwargs)  # type: ignore[misc]
        if isinstance(form, RowForm) and form.instance.pk in self.stale:
            form.stale = True
        return form

    def clean(self) -> None:
        super().clean()
        if self.gone:
            raise ValidationError(
                "Eine Zeile hat inzwischen jemand anderes entfernt; sie steht nicht mehr in der Tabelle. "
                "Bitte prüfen Sie den Rest und sichern Sie noch einmal."
            )
        if any(form.instance.pk in self.stale for form in self.deleted_forms):
            raise ValidationError(
                "Eine Zeile, die Sie entfernen wollen, hat inzwischen jemand anderes geändert. "
                "Sichern Sie noch einmal, wenn sie trotzdem entfernt werden soll."
            )


def write(versions: dict[int, int]) -> str:
    return " ".join(f"{pk}:{version}" for pk, version in sorted(versions.items()))
