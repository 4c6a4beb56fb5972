"""Sealed text and its key ring: what the database holds says nothing, and only its own row opens it."""

import stat
import uuid

import pytest
from django.apps import apps
from django.core.exceptions import FieldError
from django.db import connection, transaction
from django.test import override_settings

from seniorportal import keys, production, wall
from seniorportal.models import ConsultationNote
from seniorportal.sealed import Sealed, Unreadable, key_of, seal, unseal

from .conftest import PLANTED, Office, make_note

Event = apps.get_model("seniorportal", "ConsultationNoteEvent")


def raw(note: ConsultationNote) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM seniorportal_consultationnote WHERE id = %s", [note.pk])
        return bytes(cursor.fetchone()[0])


def test_the_column_holds_no_word_of_it(hoerde: Office):
    with wall.opened(hoerde.city):
        stored = raw(hoerde.note)
        assert stored.startswith(b"v1:k1:") and PLANTED.encode() not in stored
        assert len(stored) == len(b"v1:k1:") + 12 + len(f"Fragt nach der {PLANTED}.") + 16
        again = ConsultationNote.objects.get()
        assert isinstance(again.__dict__["text"], Sealed), "it stays closed until somebody asks"
        assert PLANTED in again.text and PLANTED not in repr(again.__dict__) + str(again)
        assert repr(list(ConsultationNote.objects.values_list("text", flat=True))) == "[‹versiegelt›]"


def test_the_same_text_twice_looks_different():
    assert seal("gleich", b"t:c:1").raw != seal("gleich", b"t:c:1").raw


def test_a_note_copied_to_another_row_does_not_open(hoerde: Office):
    _, other = make_note(hoerde.city, "Ein anderer Text")
    with wall.opened(hoerde.city):
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE seniorportal_consultationnote SET text = %s WHERE id = %s",
                [raw(hoerde.note), other.pk],
            )
        copied = ConsultationNote.objects.get(pk=other.pk)
        with pytest.raises(Unreadable, match="gehört nicht in diese Zeile") as told:
            _ = copied.text
        assert PLANTED not in str(told.value)
        assert PLANTED in ConsultationNote.objects.get(pk=hoerde.note.pk).text


def test_history_opens_as_the_record_it_is_of(hoerde: Office):
    with wall.opened(hoerde.city):
        hoerde.note.text = "Geändert"
        hoerde.note.save()
        events = Event.objects.filter(pgh_obj_id=hoerde.note.pk).order_by("pgh_id")
        assert [event.text for event in events] == [f"Fragt nach der {PLANTED}.", "Geändert"]


@pytest.mark.parametrize("about", [b"t:c:2", b"t:d:1", b"u:c:1"])
def test_bound_to_table_column_and_row(about: bytes):
    sealed = seal("geheim", b"t:c:1")
    assert unseal(sealed.raw, b"t:c:1") == "geheim"
    with pytest.raises(Unreadable):
        unseal(sealed.raw, about)


@pytest.mark.parametrize(
    "broken", [b"", b"Klartext", b"v1:k1:", b"v1:k1:kurz", b"v1:k9:" + b"x" * 40, b"v2:k1:x"]
)
def test_what_is_no_sealed_text_says_so(broken: bytes):
    with pytest.raises(Unreadable):
        unseal(broken, b"t:c:1")


def test_nothing_is_written_or_searched_around_the_seal(hoerde: Office):
    with wall.opened(hoerde.city):
        with pytest.raises(TypeError), transaction.atomic():
            ConsultationNote.objects.update(text="offen")
        for lookup in ("text", "text__contains", "text__startswith", "text__in"):
            with pytest.raises((FieldError, TypeError)):
                list(ConsultationNote.objects.filter(**{lookup: ["x"]}))
        assert ConsultationNote.objects.filter(text__isnull=False).count() == 1
        extra = ConsultationNote(
            consultation=make_consultation(hoerde), body=hoerde.city.employer, text="Zwei"
        )
        extra.office = hoerde.venue
        ConsultationNote.objects.bulk_create([extra])
        assert ConsultationNote.objects.get(pk=extra.pk).text == "Zwei"
        assert b"Zwei" not in raw(extra)


def make_consultation(office: Office):
    return type(office.consultation).objects.create(office=office.venue)


def test_reading_and_saving_other_fields_seals_nothing_anew(hoerde: Office):
    with wall.opened(hoerde.city):
        before = raw(hoerde.note)
        note = ConsultationNote.objects.get()
        note.save()
        assert raw(hoerde.note) == before
        deferred = ConsultationNote.objects.defer("text").get()
        assert PLANTED in deferred.text
        note.refresh_from_db()
        assert PLANTED in note.text


# --- the ring -----------------------------------------------------------------------------------------


def test_the_demo_makes_its_own_ring_for_its_owner_alone(ring):
    assert keys.problem() == ""
    assert stat.S_IMODE(ring.stat().st_mode) == 0o600
    first = keys.ring()
    assert list(first.keys) == ["k1"] and keys.ring() == first


def test_a_new_key_seals_at_once_and_the_old_one_still_opens(ring):
    old = seal("alt", b"t:c:1")
    assert keys.add() == "k2"
    assert (old.key, seal("neu", b"t:c:1").key) == ("k1", "k2")
    assert unseal(old.raw, b"t:c:1") == "alt"
    assert stat.S_IMODE(ring.stat().st_mode) == 0o600
    ring.write_text(ring.read_text().splitlines()[1])
    with pytest.raises(Unreadable, match="Der Schlüssel k1"):
        unseal(old.raw, b"t:c:1")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "enthält keinen Schlüssel"),
        ("k1:kurz", "unlesbar"),
        ("k1", "unlesbar"),
        (keys.line("K 1"), "unlesbar"),
        (keys.line("a") + "\n" + keys.line("a"), "zweimal"),
    ],
    ids=["leer", "kurz", "ohne", "name", "zweimal"],
)
def test_a_ring_that_is_none_is_refused_without_showing_it(ring, text: str, said: str):
    ring.write_text(text)
    ring.chmod(0o600)
    assert said in keys.problem()
    assert not text or text[-8:] not in keys.problem()


def test_a_ring_in_the_environment(settings):
    settings.PORTAL_KEYS = f"{keys.line('alt')},{keys.line('neu')}"
    assert keys.ring().active == "neu" and keys.file() is None
    with pytest.raises(keys.Unusable):
        keys.add()


def test_a_ring_that_everybody_reads_is_refused(ring):
    assert keys.problem() == ""
    ring.chmod(0o644)
    assert "chmod 600" in keys.problem()


@pytest.mark.django_db
def test_production_does_not_start_without_keys(settings, tmp_path):
    with override_settings(DEMO=False, PORTAL_KEYS_MADE_HERE=False, PORTAL_KEYS=""):
        assert "PORTAL_KEYS fehlt" in " ".join(production.refusals())
    with override_settings(DEMO=False, PORTAL_KEYS_MADE_HERE=False, PORTAL_KEYS=str(tmp_path / "none")):
        assert "diese Datei gibt es nicht" in " ".join(production.refusals())
        assert not (tmp_path / "none").exists()


def test_what_is_bound_to_nothing_is_not_sealed():
    note = ConsultationNote(id=None, text="x")
    with pytest.raises(Unreadable):
        ConsultationNote._meta.get_field("text").pre_save(note, True)
    assert key_of(seal("x", str(uuid.uuid4()).encode()).raw)
