"""The page of a note: who reads it, what it warns of, what it never does."""

import datetime as dt

import pytest
from django.apps import apps
from django.core import serializers
from django.test import Client
from django.urls import reverse

from seniorportal import anonymity, notes, register, wall
from seniorportal.access import Right
from seniorportal.accounts import personal
from seniorportal.models import Consultation, ConsultationNote, Membership, Role, Street
from seniorportal.staff.site import site
from seniorportal.text import fold_street

from .conftest import PLANTED, Office, as_owner, make_note

pytestmark = pytest.mark.django_db
Event = apps.get_model("seniorportal", "ConsultationNoteEvent")


def client(membership: Membership) -> Client:
    """Signed in, and the second door was opened a moment ago."""
    signed_in = Client()
    signed_in.force_login(membership.user)
    session = signed_in.session
    personal.unlock(session)
    session.save()
    return signed_in


def lock_again(browser: Client) -> None:
    """Forty minutes later."""
    session = browser.session
    session[personal.SEEN] -= 40 * 60
    session.save()


def address(consultation: Consultation) -> str:
    return reverse("admin:seniorportal_consultation_note", args=[consultation.pk])


def send(membership: Membership, consultation: Consultation, text: str, **more: str):
    with wall.opened(membership):
        note = ConsultationNote.objects.filter(consultation=consultation).first()
    carried = {"version": str(note.version)} if note else {}
    return client(membership).post(address(consultation), {"text": text, **carried, **more})


def text_of(membership: Membership, consultation: Consultation) -> str | None:
    with wall.opened(membership):
        note = ConsultationNote.objects.filter(consultation=consultation).first()
        return note.text if note else None


def test_the_own_people_read_it_and_nobody_else(hoerde: Office, hombruch: Office):
    where = address(hoerde.consultation)
    assert PLANTED in client(hoerde.city).get(where).content.decode()
    other = client(hoerde.association).get(where)
    assert other.status_code == 200 and PLANTED not in other.content.decode()
    assert client(hombruch.city).get(where).status_code == 404
    assert Client().get(where)["Location"].startswith("/konto/login/")


def test_it_is_on_no_other_page(hoerde: Office):
    change = reverse("admin:seniorportal_consultation_change", args=[hoerde.consultation.pk])
    page = client(hoerde.city).get(change).content.decode()
    assert address(hoerde.consultation) in page and PLANTED not in page
    for name, arguments in (("changelist", []), ("history", [hoerde.consultation.pk])):
        where = reverse(f"admin:seniorportal_consultation_{name}", args=arguments)
        answer = client(hoerde.city).get(where, {"q": PLANTED} if name == "changelist" else {})
        assert "Fragt nach" not in answer.content.decode()
    assert ConsultationNote not in site._registry
    assert not any(
        ConsultationNote is inline.model for one in site._registry.values() for inline in one.inlines
    )


def test_no_role_may_take_it_out(hoerde: Office):
    for role in Role:
        rule = register.rule_for(ConsultationNote)
        assert not any(Right.EXPORT in grant.rights for grant in rule.grants.get(role, ()))
    with wall.opened(hoerde.city), pytest.raises(TypeError, match="nicht ausgeführt"):
        serializers.serialize("json", ConsultationNote.objects.all())


def test_writing_changing_and_deleting(hoerde: Office):
    consultation = Consultation.objects.create(office=hoerde.venue)
    assert "Bitte schreiben Sie etwas" in send(hoerde.city, consultation, " ").content.decode()
    assert send(hoerde.city, consultation, "Braucht Hilfe beim Antrag.").status_code == 303
    assert text_of(hoerde.city, consultation) == "Braucht Hilfe beim Antrag."
    assert send(hoerde.city, consultation, "Hat den Bescheid.").status_code == 303
    assert text_of(hoerde.city, consultation) == "Hat den Bescheid."
    assert send(hoerde.city, consultation, "").status_code == 303
    assert text_of(hoerde.city, consultation) is None
    with wall.opened(hoerde.city):
        events = Event.objects.filter(consultation_id=consultation.pk).order_by("pgh_id")
        assert [event.pgh_label for event in events] == ["insert", "update", "delete"]


def test_the_second_editor_sees_both_texts(hoerde: Office):
    answer = send(hoerde.city, hoerde.consultation, "Mein Text", version="99")
    page = answer.content.decode()
    assert answer.status_code == 200 and PLANTED in page and "Mein Text" in page
    assert PLANTED in text_of(hoerde.city, hoerde.consultation)


def test_the_other_body_writes_no_second_note_and_learns_no_word(hoerde: Office):
    answer = send(hoerde.association, hoerde.consultation, "Auch etwas")
    page = answer.content.decode()
    assert (
        answer.status_code == 200
        and "Notiz einer anderen verantwortlichen Stelle" in page
        and PLANTED not in page
    )
    assert "Auch etwas" in page
    assert PLANTED in text_of(hoerde.city, hoerde.consultation)


def test_after_forty_minutes_the_log_is_open_and_the_note_is_not(hoerde: Office):
    hoerde.city.user.set_password("beispiel-kennwort")
    hoerde.city.user.save()
    browser, where = client(hoerde.city), address(hoerde.consultation)
    lock_again(browser)
    added = browser.post(
        reverse("admin:seniorportal_consultation_add"),
        {
            "office": hoerde.venue.pk,
            "date": hoerde.consultation.date,
            "topics": [topic.pk for topic in hoerde.consultation.topics.all()],
            "half_day": "vm",
            "channel": "tel",
            "asker": "selbst",
            "outcome": "info",
            "duration": "10",
            "age_group": "x",
            "gender": "x",
        },
    )
    assert added.status_code == 302 and Consultation.objects.count() == 2
    locked = browser.get(where)
    assert locked.status_code == 401 and PLANTED not in locked.content.decode()
    typed = {"text": "Hat den Bescheid.", "version": "1"}
    kept = browser.post(where, typed)
    assert kept.status_code == 401 and "Hat den Bescheid." in kept.content.decode()
    opened = {"sperre-typ": "passwort", "sperre-password": "beispiel-kennwort", "sperre-gesendet": "1"}
    assert browser.post(where, typed | opened).status_code == 303
    assert text_of(hoerde.city, hoerde.consultation) == "Hat den Bescheid."


def test_names_are_a_hint_and_no_bar(hoerde: Office):
    Street.objects.create(key="1", name="Beispielweg", folded=fold_street("Beispielweg"))
    text = "Ruft für Erna Musterfrau an, Beispielweg 12."
    answer = send(hoerde.city, hoerde.consultation, text)
    page = answer.content.decode()
    assert answer.status_code == 200 and "«Erna Musterfrau»" in page and "«Beispielweg 12»" in page
    assert "Trotzdem sichern" in page and text in page
    assert PLANTED in text_of(hoerde.city, hoerde.consultation)
    assert send(hoerde.city, hoerde.consultation, text, anyway="1").status_code == 303
    assert text_of(hoerde.city, hoerde.consultation) == text
    assert "Trotzdem" not in client(hoerde.city).get(address(hoerde.consultation)).content.decode()


def test_of_several_offices_one_is_chosen_first(hoerde: Office, hombruch: Office):
    Membership.objects.create(
        user=hoerde.city.user, role="tandem", venue=hombruch.venue, employer=hombruch.city.employer
    )
    browser = client(hoerde.city)
    where, choice = address(hombruch.consultation), reverse("staff:office")
    page = browser.get(where).content.decode()
    assert PLANTED not in page and f"{choice}?next={where}" in page
    assert browser.post(where, {"text": "Etwas"}).status_code == 403
    assert browser.post(choice, {"membership": "0"}).status_code == 200
    mine = Membership.objects.get(user=hoerde.city.user, venue=hombruch.venue)
    answer = browser.post(choice, {"membership": str(mine.pk), "next": where})
    assert (answer.status_code, answer["Location"]) == (303, where)
    assert PLANTED in browser.get(where).content.decode()
    assert PLANTED not in browser.get(address(hoerde.consultation)).content.decode()
    elsewhere = browser.post(choice, {"membership": str(mine.pk), "next": "https://example.org/"})
    assert elsewhere["Location"] == reverse("staff:overview")


def test_nothing_stays_open_behind_a_request(hoerde: Office):
    client(hoerde.city).get(address(hoerde.consultation))
    assert ConsultationNote.objects.count() == 0


def test_a_missing_key_is_said_without_a_word_of_the_text(hoerde: Office, ring):
    answer = client(hoerde.city).get(address(hoerde.consultation))
    assert (
        "gehört nicht in diese Zeile" in answer.content.decode()
        and "<textarea" not in answer.content.decode()
    )
    answer = client(hoerde.city).post(address(hoerde.consultation), {"text": "Neu", "version": "1"})
    assert "Neu" not in answer.content.decode()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Frau Beispiel wünscht Rückruf.", ["Frau Beispiel"]),
        ("Die Tochter Petra kommt.", ["Petra"]),
        ("Spricht gern mit Hilde Muster über früher.", ["Hilde Muster"]),
        ("Kennt Anneke Beispielsen aus dem Chor.", ["Anneke Beispielsen"]),
        ("Rückruf unter 0231 123456 oder a.b@example.org", ["0231 123456", "a.b@example.org"]),
        ("geb. 12.3.1938", ["geb. 12.3.1938"]),
        ("Am 12.03.2026 Termin, Pflegegrad 3, zwei Anträge, 125 Euro.", []),
        ("Braucht Hilfe beim Antrag auf Pflegegrad. Die Tochter wohnt in Berlin, der Sohn in Hörde.", []),
        ("Treppe 3. Etage, Rollator. Will Essen auf Rädern, hat Angst vor dem Umzug ins Heim.", []),
    ],
)
def test_what_may_point_to_a_person(text: str, found: list[str]):
    assert anonymity.traces(text) == found


@pytest.mark.django_db(transaction=True)
def test_notes_go_first_and_with_their_history(hoerde: Office):
    today = dt.date(2026, 9, 30)
    old, _ = make_note(hoerde.city, "Alt")
    deleted, gone = make_note(hoerde.city, "Von Hand gelöscht")
    recent, _ = make_note(hoerde.city, "Neu")
    for consultation, day in ((old, "2026-03-29"), (deleted, "2026-03-01"), (recent, "2026-03-30")):
        Consultation.objects.filter(pk=consultation.pk).update(date=day)
    Consultation.objects.filter(pk=hoerde.consultation.pk).update(date=today)
    with wall.opened(hoerde.city):
        gone.delete()
    with as_owner(), wall.maintenance():
        assert list(notes.over(today).values_list("consultation", flat=True)) == [old.pk]
        assert set(notes.traces(today).values_list("consultation", flat=True)) == {old.pk, deleted.pk}
        notes.over(today).delete()
        notes.traces(today).delete()
        kept = {recent.pk, hoerde.consultation.pk}
        assert set(ConsultationNote.objects.values_list("consultation", flat=True)) == kept
        assert set(Event.objects.values_list("consultation", flat=True)) == kept
    assert Consultation.objects.count() == 4
