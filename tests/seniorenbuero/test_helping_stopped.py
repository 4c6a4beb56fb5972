"""«Verstorben» or «keine Post mehr», said once, stops every list, call and letter: all of them are walked."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from seniorenbuero.helping import stop_page, stopping
from seniorenbuero.helping.paths import PATHS
from seniorenbuero.models import Helper, HelperRecord, HelpRequest, Match
from seniorportal.models import Concern, Deletion, Role, Venue
from tests.cast import make_membership, make_user
from tests.public.html import check_page
from tests.seniorenbuero.neighbours import NEAR, Office, read, send

pytestmark = pytest.mark.django_db

NAME, PHONE, STREET, NUMBER = "Gerda Gegangen", "0231 5550199", f"{NEAR} 1", "N-4711"
STAYS = "Hilde Bleibt"
# Pages of one row, of a new one and of the act itself; each list is walked by the test below.
NOT_A_LIST = {
    *("helper", "helper_new", "helper_information", "help_request", "help_request_new", "match", "stop_post"),
    *("help_request_propose", "help_request_settle", "help_request_information", "helping"),
}
LISTS = {"helpers", "helpers_print", "help_requests", "help_requests_print", "helper_letters"}


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def gone(office):
    """She helps somebody, asks for help herself, and waits for a call; and somebody beside her who stays."""
    said = {"phone": PHONE, "street": STREET, "town": "44263 Dortmund"}
    helper = office.helper(NAME, number=NUMBER, offers=["einkauf"], position="51.491,7.500", **said)
    office.helper(STAYS, number="N-2", offers=["einkauf"], street=f"{NEAR} 2", position="51.491,7.500")
    helped = office.request("Berta Bittend")
    start = {"first_visit_on": dt.date(2026, 2, 2), "started_on": dt.date(2026, 2, 3)}
    Match.objects.create(helper=helper, request=helped, kind="buero", **start)
    own = office.request(f"Frau {NAME}", phone="0231/555 01 99", street="Nachbargasse 1")
    Concern.objects.create(
        kind="post",
        venue=office.venue,
        team_venue=office.venue,
        name=NAME,
        answer_by=timezone.localdate(),
        address=f"{STREET}\n44263 Dortmund",
    )
    return {"helper": helper, "helped": helped, "own": own}


def everything(office, client) -> dict[str, str]:
    """All that is shown, rung or sent, by its address."""
    shown = {name: client.get(reverse(f"desk:{name}")).content.decode() for name in LISTS}
    letter = {"kinds": ["buero", "anerkannt"], "subject": "Danke", "text": "Kommen Sie zum Fest."}
    shown["the letters"] = send(client, "helper_letters", **letter).content.decode()
    open_request = office.request("Olga Offen")
    shown["the proposals"] = client.get(reverse("desk:help_request", args=[open_request.pk])).content.decode()
    open_request.delete()
    for name in ("staff:calls", "staff:calls_print"):
        shown[name] = client.get(reverse(name)).content.decode()
    for concern in Concern.objects.all():
        for name in ("staff:call", "staff:call_letter"):
            shown[f"{name} {concern.pk}"] = client.get(reverse(name, args=[concern.pk])).content.decode()
    return shown


def mentioned(shown: dict[str, str]) -> set[str]:
    words = (NAME, "Nachbargasse 1<")
    return {name for name, text in shown.items() if any(word in text for word in words)}


def test_every_page_of_the_family_is_a_list_or_is_not():
    assert {pattern.name for pattern in PATHS} == LISTS | NOT_A_LIST and not LISTS & NOT_A_LIST


@pytest.mark.parametrize("reason", Helper.Stop.values)
def test_no_list_no_call_and_no_letter_knows_her_any_more(office, gone, reason):
    client = office.client()
    before = everything(office, client)
    lists = {name for name in before if not name.startswith(("staff:call ", "staff:call_letter "))}
    assert mentioned(before) >= lists - {"helper_letters", "help_requests", "help_requests_print"}
    assert NAME in before["help_requests"] and NAME in before["help_requests_print"]
    answer = send(
        client, "stop_post", was="suchen", name=f"gegangen, {NAME.split()[0]}", phone="+49 231 5550199"
    )
    found = answer.content.decode()
    assert found.count(' checked><label for="treffer') == 2 and "gleich: Name, Telefonnummer" in found
    keys = [
        f"helfende-{gone['helper'].pk}",
        f"bitte-{gone['own'].pk}",
        f"anliegen-{Concern.objects.get().pk}",
    ]
    assert all(key in found for key in keys)
    assert send(client, "stop_post", was="anhalten", treffer=keys, grund=reason).status_code == 303
    client.get(reverse("desk:helping"))  # the sentences about what was done name numbers only
    after = everything(office, client)
    assert mentioned(after) == set()
    assert all(STAYS in after[name] for name in ("helpers", "helpers_print", "the letters", "the proposals"))
    assert NUMBER not in after["helpers_print"] + after["the letters"] + after["the proposals"]


def test_what_becomes_of_everything(office, gone):
    client, today = office.client(), timezone.localdate()
    keys = [one.key for one in stopping.find(desk_of(office), stopping.Person(NAME, PHONE, STREET))]
    assert len(keys) == 3
    said = client.get(send(client, "stop_post", was="anhalten", treffer=keys, grund="verstorben")["Location"])
    assert f"Nummer {NUMBER} ist angehalten. 1 Bitte sucht wieder jemanden." in said.content.decode()
    helper = gone["helper"]
    helper.refresh_from_db()
    assert (helper.state, helper.active_until, helper.stopped_on) == ("ausgeschieden", today, today)
    assert HelperRecord.objects.filter(helper=helper).count() == 0  # who died leaves no name behind
    assert Match.objects.get().end_reason == "helfend"
    assert list(HelpRequest.objects.looking()) == [gone["helped"]]
    labels = sorted(Deletion.objects.values_list("label", flat=True))
    assert labels == ["seniorenbuero.HelpRequest", "seniorenbuero.HelperRecord", "seniorportal.Concern"]
    again = send(client, "stop_post", was="anhalten", treffer=keys, grund="verstorben")  # the back button
    assert "Das war schon angehalten." in client.get(again["Location"]).content.decode()


def test_who_was_helped_and_died_ends_the_help(office, gone):
    key = f"bitte-{gone['helped'].pk}"
    answer = send(office.client(), "stop_post", was="anhalten", treffer=[key], grund="verstorben")
    assert answer.status_code == 303
    match = Match.objects.get()
    assert (match.end_reason, match.request) == ("verstorben", None)
    assert Helper.objects.get(number=NUMBER).state == "aktiv"


def test_no_post_is_taken_back_where_it_was_a_mistake(office, gone):
    client, helper = office.client(), gone["helper"]
    key = f"helfende-{helper.pk}"
    send(client, "stop_post", was="anhalten", treffer=[key], grund="keine-post")
    assert NAME not in read(client, "helpers").text
    said = {"was": "angaben", "f-version": "2", "f-number": NUMBER, "f-kind": "buero", "f-state": "aktiv"}
    assert "Bitte zuerst die Sperre aufheben." in send(client, "helper", helper.pk, **said).content.decode()
    send(client, "helper", helper.pk, was="aufheben")
    helper.refresh_from_db()
    assert helper.stopped_on is None and HelperRecord.objects.filter(helper=helper).exists()


def test_a_row_is_pointed_at_by_its_key_never_by_a_name(office, gone):
    page = (
        office.client()
        .get(f"{reverse('desk:stop_post')}?eintrag=helfende-{gone['helper'].pk}")
        .content.decode()
    )
    assert (
        f"Nachbarschaftshilfe, Nummer {NUMBER}" in page and "Anliegen" in page or "Programm per Post" in page
    )


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"was": "suchen"}, "Bitte Name, Telefonnummer oder Straße eintragen."),
        ({"was": "suchen", "name": "Niemand Bekannt"}, "Zu dieser Person haben wir nichts gespeichert."),
        ({"was": "anhalten", "name": NAME}, "Bitte kreuzen Sie an, was zu dieser Person gehört."),
        ({"was": "anhalten", "name": NAME, "treffer": ["helfende-1"]}, "Bitte wählen Sie den Grund."),
    ],
)
def test_nothing_stops_by_mistake(office, gone, fields, sentence):
    assert sentence in send(office.client(), "stop_post", **fields).content.decode()
    assert Helper.objects.filter(stopped_on__isnull=False).count() == 0 and HelpRequest.objects.count() == 2


def test_another_office_stops_nobody_here(office, gone):
    other = Office("Hombruch").client()
    assert "nichts gespeichert" in send(other, "stop_post", was="suchen", name=NAME).content.decode()
    key = f"helfende-{gone['helper'].pk}"
    send(other, "stop_post", was="anhalten", treffer=[key], grund="verstorben")
    assert Helper.objects.get(number=NUMBER).stopped_on is None


def desk_of(office):
    from seniorenbuero.desk.door import Desk

    return Desk(office.user, office.venue, None)


def test_from_the_call_list_one_gets_there_with_the_person_looked_for(office, gone):
    """A house has no such page: from its calls nothing leads there."""
    call = Concern.objects.get()
    there = f"{reverse('desk:stop_post')}?eintrag=anliegen-{call.pk}"
    client = office.client()
    for address in (reverse("staff:call", args=[call.pk]), reverse("staff:calls")):
        links = [link["href"] for link in check_page(client.get(address).content.decode()).all("a")]
        assert there in links
    assert 'value="anliegen-' in client.get(there).content.decode()
    leader = make_user("leitung", name="Lena Leitung")
    centre = Venue.objects.create(name="Beispielhaus", report_area="stadtteilzentrum")
    make_membership(leader, Role.HOUSE, venue=centre)
    Concern.objects.update(team_venue=centre)
    text = office.client(leader).get(reverse("staff:call", args=[call.pk])).content.decode()
    assert "Erledigt" in text or "Abgeschickt" in text
    assert "/stopp" not in text and "eintrag=" not in text


def test_about_a_worry_without_a_name_nobody_is_stopped(office):
    worry = Concern(kind="sorge", agreed=False)
    assert stop_page.from_call(office.user, worry) == ""
