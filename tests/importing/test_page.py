"""The page in the admin: upload, preview, one confirmation, the way back; and what a person cannot reach."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from seniorportal.importing.uploads import KEPT
from seniorportal.models import ImportRow, ImportRun, Offering, Venue
from tests.cast import City

pytestmark = pytest.mark.django_db
ADD = "admin:seniorportal_importrun_add"
PLAN = "begegnungsstaette;titel;wochentag;beginn;rhythmus"
HEAD = "name;traeger;strasse;stadtbezirk"


def client_of(city: City, name: str) -> Client:
    client = Client()
    client.force_login(city.people[name])
    return client


def upload(client: Client, kind: str, *lines: str) -> Any:
    file = SimpleUploadedFile("plan.csv", "\n".join(lines).encode())
    return client.post(reverse(ADD), {"kind": kind, "file": file})


def preview(client: Client, kind: str, *lines: str) -> tuple[ImportRun, str]:
    response = upload(client, kind, *lines)
    assert response.status_code == 303
    return ImportRun.objects.latest("pk"), response["Location"]


def test_preview_confirm_twice_and_take_back(city: City):
    client = client_of(city, "koordination-awo")
    run, page = preview(client, "offerings", PLAN, f"{city.hoerde.hall.name};Schach;Mo;14.30 Uhr;wöchentlich")
    assert run.upload and not Offering.objects.filter(title="Schach").exists()
    shown = client.get(page).content.decode()
    assert "1 Zeile übernehmen" in shown and "Schach" in shown and shown.count("<h1") == 1
    for _ in range(2):
        assert client.post(page, {"confirm": "1"}).status_code == 303
    offering = Offering.objects.get(title="Schach")
    assert (
        offering.venue == city.hoerde.hall and offering.occurrences.exists() and offering.confirmed_at is None
    )
    run.refresh_from_db()
    assert (run.state, run.upload) == (ImportRun.State.WRITTEN, None)
    assert "Das ganze Einlesen zurücknehmen" in client.get(page).content.decode()
    assert client.post(page, {"undo": "1"}).status_code == 303
    assert not Offering.objects.filter(title="Schach").exists()
    assert "zurückgenommen" in client.get(page).content.decode()


def test_old_and_new_values_are_shown(city: City):
    client, offering = client_of(city, "koordination-awo"), city.hoerde.one(Offering)
    offering.cost_note = "1 Euro"
    offering.save()
    run, page = preview(
        client, "offerings", f"{PLAN};kosten", f"{city.hoerde.hall.name};{offering.title};;;;2 Euro"
    )
    assert run.changed == 1
    shown = client.get(page).content.decode()
    assert "<del>1 Euro</del> wird <ins>2 Euro</ins>" in shown


def test_what_changed_since_the_preview_is_shown_again(city: City):
    client, offering = client_of(city, "koordination-awo"), city.hoerde.one(Offering)
    line = f"{city.hoerde.hall.name};{offering.title};;;;2 Euro"
    _, page = preview(client, "offerings", f"{PLAN};kosten", line)
    offering.cost_note = "3 Euro"
    offering.save()
    client.post(page, {"confirm": "1"})
    offering.refresh_from_db()
    assert offering.cost_note == "3 Euro"
    assert "<del>3 Euro</del>" in client.get(page).content.decode()
    client.post(page, {"confirm": "1"})
    offering.refresh_from_db()
    assert offering.cost_note == "2 Euro"


def answers(client: Client, kind: str, *lines: str) -> list[tuple[str, list[Any], list[Any]]]:
    run, _ = preview(client, kind, *lines)
    return [(row.outcome, row.errors, row.warnings) for row in ImportRow.objects.filter(run=run)]


def test_a_foreign_place_reads_like_an_unknown_one(city: City):
    """Also a hidden one: whether it exists cannot be told from the answer."""
    city.hombruch.hall.published = False
    city.hombruch.hall.save()
    for name in ("koordination-awo", "vorort-hoerde", "hausleitung-ekh", "tandem-hoerde"):
        client = client_of(city, name)
        for place in (
            city.hombruch.hall.name,
            city.hoerde.office.name if name != "tandem-hoerde" else "Büro",
        ):
            foreign = answers(client, "offerings", PLAN, f"{place};Schach;Mo;14;wöchentlich")
            unknown = answers(client, "offerings", PLAN, "Gibt Es Nicht;Schach;Mo;14;wöchentlich")
            assert str(foreign).replace(place, "Gibt Es Nicht") == str(unknown), name


def test_rows_outside_her_reach_are_refused(city: City):
    client = client_of(city, "koordination-awo")
    other = city.hombruch
    known = answers(client, "venues", HEAD, f"{other.hall.name};{other.branch.name};;{other.district.name}")
    unknown = answers(client, "venues", HEAD, f"Neu;{other.branch.name};;{other.district.name}")
    assert known == unknown and known[0][0] == "abgelehnt" and "außerhalb Ihres Bereichs" in str(known)
    assert "Neue Träger trägt die Redaktion ein" in str(
        answers(client, "venues", HEAD, "Neu;Unbekannte e. V.;;")
    )
    run, page = preview(client, "venues", HEAD, f"Neu;{other.branch.name};;{other.district.name}")
    assert run.upload is None
    client.post(page, {"confirm": "1"})
    assert not Venue.objects.filter(name="Neu").exists()


def test_her_own_carrier_where_the_file_names_none(city: City):
    client = client_of(city, "koordination-awo")
    _, page = preview(client, "venues", HEAD, f"Neu;;;{city.hoerde.district.name}")
    client.post(page, {"confirm": "1"})
    assert list(Venue.objects.get(name="Neu").carriers.all()) == [city.hoerde.carrier]


def test_imports_are_seen_only_by_those_who_made_them(city: City):
    _, page = preview(client_of(city, "koordination-awo"), "venues", HEAD, "Neu;;;")
    for name in ("koordination-caritas", "vorort-hoerde"):
        for method in ("get", "post"):
            assert getattr(client_of(city, name), method)(page, {"confirm": "1"}).status_code == 404
    assert client_of(city, "auswertung").get(reverse(ADD)).status_code == 404


def test_who_may_add_offerings_only_is_offered_only_these(city: City):
    shown = client_of(city, "vorort-hoerde").get(reverse(ADD)).content.decode()
    assert 'value="offerings"' in shown and 'value="venues"' not in shown
    assert upload(client_of(city, "vorort-hoerde"), "venues", HEAD, "Neu;;;").status_code == 200


def test_unreadable_and_large_files_are_said_at_the_field(city: City):
    client = client_of(city, "koordination-awo")
    assert "PDF-Datei" in upload(client, "venues", "%PDF-1.7").content.decode()
    assert (
        "mehr als 2000 Zeilen" in upload(client, "venues", "name", *map(str, range(2_001))).content.decode()
    )
    assert "größer als 5 MB" in upload(client, "venues", "name", "x" * 5 * 1024 * 1024).content.decode()
    assert not ImportRun.objects.filter(file_name="plan.csv").exists()


def test_no_file_is_kept_longer_than_its_preview(city: City):
    client = client_of(city, "koordination-awo")
    run, page = preview(client, "venues", HEAD, "Neu;;;")
    ImportRun.objects.filter(pk=run.pk).update(made_at=timezone.now() - KEPT - dt.timedelta(minutes=1))
    client.get(reverse(ADD))
    run.refresh_from_db()
    assert (run.state, run.upload) == (ImportRun.State.DISCARDED, None)
    client.post(page, {"confirm": "1"})
    assert not Venue.objects.filter(name="Neu").exists()
    run, page = preview(client, "venues", HEAD, "Neu;;;")
    client.post(page, {"discard": "1"})
    run.refresh_from_db()
    assert run.upload is None and not run.rows.exists()
