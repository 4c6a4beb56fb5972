"""Whose work ends, and what she still looks after: said before and after, and led to the page that gives it on."""

import pytest
from django.urls import reverse
from django.utils import timezone

from seniorenbuero.models import HelpRequest, Match
from seniorenbuero.office import leaving
from seniorportal import concerns
from seniorportal.models import Concern, HandOver, Role
from tests.cast import make_membership, make_user
from tests.concerns.people import asked, signed_in
from tests.public.html import check_page
from tests.public.town import make_office
from tests.seniorenbuero.neighbours import Office
from tests.seniorenbuero.office_people import in_days, make_team, membership

pytestmark = pytest.mark.django_db
GIVE = "/seniorenbuero/buero/uebergeben/"


def busy(name="Hörde"):
    """An office in which Tina Tandem looks after a call, two requests for help and a first visit."""
    office = Office(name)
    asked(office.venue, keeper=office.user)
    first, second = (office.request(owner=office.user) for _ in range(2))
    match = Match.objects.create(
        helper=office.helper(), request=second, kind=second.kind, accompanied_by=office.user
    )
    return office, first, match


def ending(office):
    path = reverse("entry:end_membership", args=[membership(office.user).pk])
    client = office.client(office.colleague)
    return client, path, check_page(client.post(path).content.decode()).text


def test_whoever_ends_a_membership_reads_what_is_open_and_is_led_to_handing_it_over():
    office, _, _ = busy()
    client, path, text = ending(office)
    assert "Tina Tandem kümmert sich noch um: 1 Anliegen, 2 Bitten um Hilfe, 1 erster Besuch." in text
    answer = client.post(path, {"sicher": "1"}, follow=True)
    assert answer.redirect_chain[-1][0] == f"{GIVE}?von={office.user.pk}"
    page = check_page(answer.content.decode())
    assert "Die Mitarbeit von Tina Tandem ist beendet. Noch offen: 1 Anliegen," in page.text
    assert membership(office.user).active_until == timezone.localdate()
    assert Concern.objects.get().keeper == office.user  # nothing moves in silence


def test_where_nothing_is_open_it_ends_as_before():
    office = Office()
    client, path, text = ending(office)
    assert "kümmert sich noch" not in text
    assert client.post(path, {"sicher": "1"}).headers["Location"] == reverse("entry:team")


def test_all_of_it_goes_to_a_colleague_at_once_with_one_trace():
    office, first, match = busy()
    sent = {"von": str(office.user.pk), "an": f"k{office.colleague.pk}"}
    answer = office.client().post(GIVE, sent, follow=True)
    assert "4 Anliegen übergeben an: Kai Kollege." in answer.content.decode()
    first.refresh_from_db()
    match.refresh_from_db()
    assert {first.owner, match.accompanied_by, Concern.objects.get().keeper} == {office.colleague}
    assert first.version == 2
    assert HandOver.objects.get().number == 4


def test_to_another_office_go_the_calls_and_what_belongs_to_the_neighbours_asks_again():
    office, first, _ = busy()
    other, _ = make_team("Hombruch", "Erna Elster", "Fritz Falke")
    sent = {"von": str(office.user.pk), "an": f"b{other.pk}"}
    answer = office.client().post(GIVE, sent, follow=True)
    assert answer.redirect_chain[-1][0] == f"{GIVE}?von={office.user.pk}"
    assert "bleibt, was zur Nachbarschaftshilfe gehört: 2 Bitten um Hilfe, 1 erster Besuch" in (
        answer.content.decode()
    )
    assert Concern.objects.get().team_venue == other
    first.refresh_from_db()
    assert first.owner == office.user


def test_what_runs_or_is_over_is_nobodys_to_hand_over_and_other_offices_stay_out():
    office, _, match = busy()
    foreign, _, _ = busy("Hombruch")
    Match.objects.filter(pk=match.pk).update(
        first_visit_on=timezone.localdate(), started_on=timezone.localdate()
    )
    open_here = leaving.by_person(office.colleague, office.venue)
    assert open_here == {office.user.pk: leaving.Open(concerns=1, requests=2)}
    assert leaving.by_person(office.colleague, foreign.venue) == {}
    assert leaving.hand_on(office.colleague, foreign.venue, None, office.colleague) == 0
    assert HelpRequest.objects.filter(owner=foreign.user).count() == 2


def test_all_that_is_open_is_one_statement(django_assert_num_queries):
    office, _, _ = busy()
    leaving.by_person(office.colleague, office.venue)
    with django_assert_num_queries(1):
        leaving.by_person(office.colleague, office.venue)


def test_what_was_left_behind_stands_on_the_page_of_the_office():
    office, _, _ = busy()
    here = membership(office.user)
    here.active_from, here.active_until = in_days(-90), in_days(-1)
    here.save()
    text = check_page(office.client(office.colleague).get("/seniorenbuero/buero/").content.decode()).text
    assert "1 Anliegen, 2 Bitten um Hilfe, 1 erster Besuch: Das hatte Tina Tandem übernommen" in text


def test_whoever_works_in_two_offices_first_says_for_which_one():
    office, _, _ = busy()
    make_membership(office.colleague, Role.TANDEM, venue=make_office("Hombruch"), employer=office.association)
    found = leaving.left_open(office.colleague, membership(office.user))
    assert found is not None and found.page.startswith(reverse("staff:office") + "?next=")


def test_at_a_carrier_the_call_list_is_named_and_a_call_is_free_at_once(city):
    leader = city.people["koordination-awo"]
    carrier = leader.memberships.get().carrier
    second = make_user("zweite-awo", name="Zora Zweite")
    make_membership(second, Role.COORDINATION, carrier=carrier)
    row = asked(city.hoerde.hall, team_venue=None, team_carrier=carrier)
    concerns.claim(row, second, timezone.localtime())
    client = signed_in(leader)
    path = reverse("entry:end_membership", args=[second.memberships.get().pk])
    assert "kümmert sich noch um: 1 Anliegen" in check_page(client.post(path).content.decode()).text
    answer = client.post(path, {"sicher": "1"})
    assert answer.headers["Location"] == reverse("staff:calls")
    row.refresh_from_db()
    assert row.claimed_by is None and row.keeper == second
