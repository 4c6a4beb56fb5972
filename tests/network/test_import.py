"""Partners from a file: preview, all or none, nobody twice, and the way back."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from seniorportal.importing.undo import undo
from seniorportal.models import District, ImportRow, ImportRun, Partner
from tests.cast import City
from tests.importing.files import csv, load, sentences, xlsx
from tests.network.rows import signed_in

pytestmark = pytest.mark.django_db
PARTNERS = ImportRun.Kind.PARTNERS
HEAD = "Organisation;Art;Stadtbezirke;Telefon;Internetseite;Zustimmung;Anschrift;PLZ"
New, Changed, Unchanged = ImportRow.Outcome.NEW, ImportRow.Outcome.CHANGED, ImportRow.Outcome.UNCHANGED


def test_a_file_as_offices_have_it(city: City):
    name = District.objects.order_by("pk")[0].name
    line = f"Löwen-Apotheke;Apotheke;{name};0231 / 12345;www.loewen.example;03.02.2026;Gasse 1;44135"
    outcome = load(PARTNERS, csv(HEAD, line))
    assert [row.outcome for row in outcome.rows] == [New]
    made = Partner.objects.get(name="Löwen-Apotheke")
    assert (made.kind, made.website, made.postal_code) == ("apotheke", "https://www.loewen.example", "44135")
    assert made.may_be_published and f"{made.consent_on:%d.%m.%Y}" == "03.02.2026"
    assert [one.name for one in made.districts.all()] == [name]


def test_the_same_again_changes_nothing_and_another_spelling_meets_it(city: City):
    file = csv("name;telefon", "Treff Ulme e.V.;0231 123456")
    load(PARTNERS, file)
    assert [
        row.outcome for row in load(PARTNERS, csv("name;telefon", "Treff Ulme e.V.;0231 123456")).rows
    ] == [Unchanged]
    again = load(PARTNERS, csv("name;website", "TREFF ULME Dortmund;treff.example"))
    assert [row.outcome for row in again.rows] == [Changed]
    assert "name: Das ist «Treff Ulme e.V.»; der Name bleibt, wie er ist." in sentences(again, "warnings")
    assert Partner.objects.filter(name__icontains="ulme").get().website == "https://treff.example"


def test_what_only_looks_alike_is_new_and_says_so(city: City):
    load(PARTNERS, csv("name;telefon", "Alte Post;0231 123456"))
    outcome = load(PARTNERS, csv("name;telefon", "Café Sanddorn;0231 123456"))
    assert [row.outcome for row in outcome.rows] == [New]
    assert any(
        "Vielleicht steht diese Organisation schon im Netzwerk: «Alte Post»" in s
        for s in sentences(outcome, "warnings")
    )


def test_wrong_lines_keep_the_whole_file_out(city: City):
    outcome = load(
        PARTNERS,
        csv(
            "name;stadtbezirk;plz;zustimmung_am",
            "Gut;;;",
            ";;44135;",
            "Falsch;Bochum;44;31.02.2026",
            "Gut;;44135;",
        ),
    )
    assert outcome.refused and not Partner.objects.filter(name="Gut").exists()
    said = " ".join(sentences(outcome))
    assert "Der Name fehlt" in said and "ist kein Stadtbezirk" in said and "steht schon in Zeile 2" in said


def test_a_consent_without_its_day_is_none(city: City):
    outcome = load(PARTNERS, csv("name;zustimmung", "Treff Esche;ja"))
    assert not Partner.objects.get(name="Treff Esche").may_be_published
    assert any("nur mit ihrem Tag" in text for text in sentences(outcome, "warnings"))


def test_taken_back_it_is_as_before(city: City):
    old = Partner.objects.create(name="Treff Eiche", phone="0231 111111")
    outcome = load(
        PARTNERS, xlsx(["name", "telefon"], ["Treff Eiche", "0231 222222"], ["Treff Tanne", "0231 333333"])
    )
    assert outcome.run is not None
    old.refresh_from_db()
    assert old.phone == "0231 222222"
    result = undo(outcome.run.pk)
    assert (result.restored, result.left) == (2, [])
    old.refresh_from_db()
    assert old.phone == "0231 111111" and not Partner.objects.filter(name="Treff Tanne").exists()


def test_an_office_reads_a_file_in_on_the_page(city: City):
    client = signed_in(city)
    page = client.get(reverse("admin:seniorportal_importrun_add")).content.decode()
    assert "Netzwerkpartner" in page
    file = SimpleUploadedFile("netz.csv", b"name;telefon\nTreff Zeder;0231 444444")
    response = client.post(reverse("admin:seniorportal_importrun_add"), {"kind": PARTNERS, "file": file})
    assert response.status_code == 303 and not Partner.objects.filter(name="Treff Zeder").exists()
    assert client.post(response["Location"], {"confirm": "1"}).status_code == 303
    assert Partner.objects.get(name="Treff Zeder").phone == "0231 444444"
    assert client.post(response["Location"], {"undo": "1"}).status_code == 303
    assert not Partner.objects.filter(name="Treff Zeder").exists()


def test_the_command_reads_partners(city: City, tmp_path):
    path = tmp_path / "partner.csv"
    path.write_text("name;art\nTreff Mispel;Verein\n", encoding="utf-8")
    said = io.StringIO()
    call_command("import_data", "partners", str(path), stdout=said)
    assert "Netzwerkpartner aus partner.csv: 1 Zeilen" in said.getvalue()
    assert Partner.objects.get(name="Treff Mispel").kind == "verein"
