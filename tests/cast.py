"""The named cast: one account per role, and two worlds that must never meet.

``make_city()`` builds Hörde and Hombruch with one object of every governed model each; every text in them is a planted
word that occurs nowhere else, so that a leak is found by looking for it. All but the two strangers work in Hörde.
"""

import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils import timezone

from begegnung.models import AnnualReturn, MeetingPlace, VenueNote
from seniorenbuero.models import (
    AgendaItem,
    Attendance,
    ClosedMonth,
    ConsultationCount,
    Helper,
    Office,
    Referral,
    ReportRemark,
    RoundTable,
    RoundTableMeeting,
    TableDecision,
    TableTask,
    UnmetNeed,
    WorkingWeek,
)
from seniorenbuero.models.helping import HelperRecord, HelpRequest, Match, Milestone
from seniorenbuero.models.referral import new_code
from seniorportal import wall
from seniorportal.models import (
    Absence,
    AccessibilityFact,
    Address,
    CalendarDay,
    CallAttempt,
    Card,
    Carrier,
    Case,
    Category,
    Certificate,
    Closure,
    Companion,
    Concern,
    Consultation,
    ConsultationNote,
    ConsultationTopic,
    ContactHours,
    ContactPoint,
    Deletion,
    District,
    EmergencyNumber,
    Engagement,
    FacetChange,
    FacetCount,
    FactorReset,
    Feedback,
    FormUse,
    HandOver,
    Idea,
    ImportRow,
    ImportRun,
    Invitation,
    JobRun,
    Language,
    Link,
    LoginSession,
    Membership,
    Need,
    Notice,
    NoticeDate,
    Occurrence,
    Offering,
    OfferingShare,
    OfferingTemplate,
    OfferingTranslation,
    Opening,
    OpeningHours,
    OutgoingMail,
    Page,
    Parameter,
    Partner,
    PartnerContact,
    PartnerMerge,
    PartnersApart,
    PlaceAlias,
    Population,
    Quarter,
    ReportArea,
    Role,
    Room,
    Street,
    Synonym,
    TargetGroup,
    TopicPage,
    UnmetSearch,
    User,
    Venue,
    VenueTranslation,
    Visit,
    Volunteer,
    VolunteerName,
)
from seniorportal.text import fold_street
from stadtteilzentrum.models import Centre, HouseService

# Everybody with a role that counts; the cast has also "niemand", whose memberships are over.
STAFF = (
    "koordination-awo",
    "koordination-caritas",
    "vorort-hoerde",
    "halle-hoerde",
    "hausleitung-ekh",
    "tandem-hoerde",
    "tandem-hombruch",
    "auswertung",
    "redaktion",
    "technik",
)
_numbers = itertools.count(1)


def make_user(username: str, **fields: Any) -> User:
    """Nobody signs in with this password: tests use ``force_login``."""
    return User.objects.create(username=username, password="!", **fields)


def make_membership(user: User, role: Role, **bound: Any) -> Membership:
    return Membership.objects.create(user=user, role=role, **bound)


@dataclass
class World:
    """A part of the city: a carrier with a branch, a district, a hall, a centre, an office, and what hangs on them."""

    name: str
    objects: dict[type[models.Model], list[Any]] = field(default_factory=lambda: defaultdict(list))
    words: dict[str, Any] = field(default_factory=dict)

    def word(self, label: str) -> str:
        return f"{label}{self.name}Qx{next(_numbers):04d}x"

    def add(self, model: type[models.Model], planted: str = "", **fields: Any) -> Any:
        made = model._default_manager.create(**fields)
        self.objects[model].append(made)
        if planted:
            self.words[planted] = made
        return made

    def one(self, model: type[models.Model]) -> Any:
        return self.objects[model][0]

    def named(self, model: type[models.Model], label: str, attribute: str = "name", **fields: Any) -> Any:
        word = self.word(label)
        return self.add(model, planted=word, **{attribute: word}, **fields)

    @property
    def hall(self) -> Venue:
        return self.objects[Venue][0]

    @property
    def centre(self) -> Venue:
        return self.objects[Venue][1]

    @property
    def office(self) -> Venue:
        return self.objects[Venue][2]

    @property
    def carrier(self) -> Carrier:
        return self.objects[Carrier][0]

    @property
    def branch(self) -> Carrier:
        return self.objects[Carrier][1]

    @property
    def district(self) -> District:
        return self.objects[District][0]


@dataclass
class City:
    hoerde: World
    hombruch: World
    people: dict[str, User]

    @property
    def worlds(self) -> tuple[World, World]:
        return self.hoerde, self.hombruch

    def everything(self) -> Iterator[tuple[type[models.Model], Any]]:
        for world in self.worlds:
            for model, rows in world.objects.items():
                for row in rows:
                    yield model, row

    def rows(self, model: type[models.Model]) -> list[Any]:
        return [row for found, row in self.everything() if found is model]

    def words(self) -> dict[str, Any]:
        return {word: row for world in self.worlds for word, row in world.words.items()}


def make_world(name: str, today: dt.date) -> World:
    world = World(name)
    district = world.add(District, name=f"Stadtbezirk {name}", slug=f"bezirk-{name.lower()}")
    quarter = world.add(
        Quarter,
        name=f"Quartier {name}",
        slug=f"quartier-{name.lower()}",
        code=f"{next(_numbers) % 90 + 10}",
        district=district,
    )
    street = world.add(
        Street, key=world.word("")[-8:], name=f"Straße {name}", folded=fold_street(f"Straße {name}")
    )
    world.add(
        Address, street=street, number=1, latitude=51.5, longitude=7.5, subdistrict="111", quarter=quarter
    )
    carrier = world.named(Carrier, "Verband", slug=f"verband-{name.lower()}")
    branch = world.named(Carrier, "Ortsverein", slug=f"ortsverein-{name.lower()}", parent=carrier)
    make_places(world, district, quarter, carrier, branch)
    make_programme(world, today)
    make_counts(world, today)
    make_office_work(world, today)
    make_feedback(world, today)
    return world


def make_places(
    world: World, district: District, quarter: Quarter, carrier: Carrier, branch: Carrier
) -> None:
    for label, area, companion in (
        ("Halle", ReportArea.MEETING_PLACES, MeetingPlace),
        ("Zentrum", ReportArea.CENTRE, Centre),
        ("Buero", ReportArea.OFFICES, Office),
    ):
        slug = f"seniorenbuero-{world.name.lower()}" if label == "Buero" else ""
        venue = world.named(Venue, label, slug=slug, report_area=area, district=district, quarter=quarter)
        venue.carriers.add(branch if label == "Halle" else carrier)
        world.add(companion, venue=venue)
        world.named(
            OpeningHours, "Zeit", "note", venue=venue, weekday=1, opens=dt.time(10), closes=dt.time(12)
        )
        world.named(
            Closure,
            "Zu",
            "reason",
            venue=venue,
            first_day=dt.date(2030, 1, 1),
            last_day=dt.date(2030, 1, 2),
        )
        point = world.named(ContactPoint, "Rufnummer", "value", venue=venue, kind="telefon")
        world.add(ContactHours, contact_point=point, weekday=1, opens=dt.time(10), closes=dt.time(12))
        world.named(Room, "Raum", "name", venue=venue, seats=20)
        world.named(AccessibilityFact, "Stufe", "note", venue=venue, feature="stufenlos", value="ja")
        world.named(
            VenueTranslation,
            "Yer",
            "description",
            of=venue,
            language=Language.objects.get_or_create(code="tr", name="Türkisch", slug="tuerkisch")[0],
        )
    world.named(HouseService, "Dienst", centre=world.one(Centre))


def make_programme(world: World, today: dt.date) -> None:
    for venue in (world.hall, world.centre, world.office):
        offering = world.named(Offering, "Angebot", "title", venue=venue)
        world.named(
            Occurrence,
            "Termin",
            "note",
            offering=offering,
            date=today,
            start=dt.time(15),
            planned_date=today,
            planned_start=dt.time(15),
        )
        world.named(
            OfferingTranslation,
            "Teklif",
            "title",
            of=offering,
            language=Language.objects.get(code="tr"),
        )
    walk = world.named(
        Offering, "Spaziergang", "title", district=world.district, meeting_point="Marktplatz, am Brunnen"
    )
    walk.carriers.add(world.carrier)
    world.add(OfferingShare, offering=walk, carrier=world.carrier, percent=100)
    world.named(OfferingTemplate, "Vorlage", carrier=world.carrier, facts={"form": "gruppe"})


def make_counts(world: World, today: dt.date) -> None:
    for venue in (world.hall, world.centre, world.office):
        count = 40_000_000 + next(_numbers)
        world.add(Visit, planted=str(count), venue=venue, scope="tag", first_day=today, count=count)
    world.named(AnnualReturn, "Bemerkung", "comment", venue=world.hall, year=today.year - 1)
    volunteer = world.named(Volunteer, "Ehrenamt", "number", carrier=world.carrier)
    world.named(Engagement, "Aufgabe", "task", volunteer=volunteer, venue=world.hall)


def make_office_work(world: World, today: dt.date) -> None:
    world.add(Consultation, office=world.office, date=today)
    world.named(Case, "Fall", "number", office=world.office, body=world.carrier, opened_on=today)
    partner = world.named(Partner, "Partner")
    partner.districts.add(world.district)
    make_network(world, partner, today)
    table = world.named(RoundTable, "Tisch", "title", office=world.office)
    meeting = world.named(RoundTableMeeting, "Treffen", "topic", round_table=table, date=today)
    world.add(Attendance, meeting=meeting, partner=partner)
    world.named(AgendaItem, "Punkt", "title", meeting=meeting, position=1)
    world.named(TableDecision, "Beschluss", "text", meeting=meeting)
    world.named(TableTask, "Aufgabe am Tisch", "text", meeting=meeting, due=today)
    world.named(ReportRemark, "Vormerkung", "sentence", office=world.office, meeting=meeting, day=today)
    world.named(Helper, "Helfer", "number", office=world.office)
    code = new_code()
    group = world.one(Offering)
    world.add(
        Referral,
        planted=code,
        office=world.office,
        venue=world.hall,
        offering=group,
        date=today,
        code=code,
    )
    wanted = ConsultationTopic.objects.get(code="w")
    world.add(UnmetNeed, office=world.office, topic=wanted, district=world.district, date=today, lack="zeit")
    last_month = today.replace(day=1) - dt.timedelta(days=1)
    world.add(ClosedMonth, office=world.office, month=last_month.replace(day=1))


def make_network(world: World, partner: Partner, today: dt.date) -> None:
    namesake = world.named(Partner, "Namensvetter")
    world.named(PartnerContact, "Anlass", "occasion", partner=partner, venue=world.office, date=today)
    world.named(PartnerContact, "Anlass", "occasion", partner=partner, venue=world.centre, date=today)
    world.add(PartnersApart, one=partner, other=namesake)
    world.named(PartnerMerge, "Früher", "gone_name", kept=partner, gone_key=900_000 + next(_numbers))


def make_feedback(world: World, today: dt.date) -> None:
    """A report on a venue and on an offering of each area, and one on something without a venue."""
    days = {"reported_on": today, "answer_by": today, "owner_role": Role.EDITORS}
    for venue in (world.hall, world.centre, world.office):
        offering = next(row for row in world.objects[Offering] if row.venue == venue)
        world.named(Feedback, "Hinweis", "text", venue=venue, topic="ort", **days)
        world.named(Feedback, "Hinweis", "text", offering=offering, topic="zeit", **days)
    walk = next(row for row in world.objects[Offering] if row.venue is None)
    world.named(Feedback, "Hinweis", "text", offering=walk, topic="nicht-statt", **days)
    world.add(FormUse, key=world.word("")[-8:], day=today)


def make_people(hoerde: World, hombruch: World) -> dict[str, User]:
    """The nine demo logins, a hall, and somebody whose memberships are over."""
    bound: dict[str, tuple[World, Role, dict[str, Any]]] = {
        "koordination-awo": (hoerde, Role.COORDINATION, {"carrier": hoerde.carrier}),
        "koordination-caritas": (hombruch, Role.COORDINATION, {"carrier": hombruch.carrier}),
        "vorort-hoerde": (hoerde, Role.VORORT, {"district": hoerde.district}),
        "halle-hoerde": (hoerde, Role.HALL, {"venue": hoerde.hall}),
        "hausleitung-ekh": (hoerde, Role.HOUSE, {"venue": hoerde.centre}),
        "tandem-hoerde": (hoerde, Role.TANDEM, {"venue": hoerde.office, "employer": hoerde.carrier}),
        "tandem-hombruch": (
            hombruch,
            Role.TANDEM,
            {"venue": hombruch.office, "employer": hombruch.carrier},
        ),
        "auswertung": (hoerde, Role.EVALUATION, {}),
        "redaktion": (hoerde, Role.EDITORS, {}),
        "technik": (hoerde, Role.TECHNICAL, {}),
    }
    people = {}
    for username, (world, role, binding) in bound.items():
        word = world.word("Person")
        people[username] = world.add(User, planted=word, username=username, password="!", name=word)
        world.add(Membership, user=people[username], role=role, **binding)
    people["niemand"] = make_user("niemand")
    for days in (-1, 1):
        day = timezone.localdate() + dt.timedelta(days=days)
        make_membership(
            people["niemand"],
            Role.COORDINATION,
            carrier=hoerde.carrier,
            **({"active_until": day} if days < 0 else {"active_from": day}),
        )
    return people


def make_search(world: World, topic: ConsultationTopic, today: dt.date) -> None:
    """What editors keep for the search: there is one of it for the whole city."""
    world.add(Synonym, word="Klöntreff", means="Treff")
    world.add(PlaceAlias, name="Berghofen", quarter=world.one(Quarter), district=world.district)
    world.add(Need, name="Wohnen", phrases="Umzug", sentence="Das Seniorenbüro berät.", topic=topic)
    world.add(UnmetSearch, word="Bogenschießen", day=today, count=9)
    world.add(TopicPage, topic=topic, title="Wohnen", lead="Rat zum Wohnen.", does="Wir beraten.")
    world.add(EmergencyNumber, name="Beispielnummer", number="0800 0000000")
    world.add(Page, key=Page.Key.IMPRINT, title="Impressum", text="Die Stadt. [[Anschrift]]")


def make_city() -> City:
    today = timezone.localdate()
    for model in (Category, TargetGroup):
        model.objects.get_or_create(name="Bewegung", slug="bewegung")
    Language.objects.get_or_create(code="tr", name="Türkisch", slug="tuerkisch")
    CalendarDay.objects.get_or_create(date=today)
    topic, _ = ConsultationTopic.objects.get_or_create(name="Wohnen", slug="wohnen", code="w")
    hoerde, hombruch = make_world("Hoerde", today), make_world("Hombruch", today)
    for model in (Category, TargetGroup, Language, ConsultationTopic, CalendarDay):
        hoerde.objects[model].append(model._default_manager.first())
    make_search(hoerde, topic, today)
    for world in (hoerde, hombruch):
        for consultation in world.objects[Consultation]:
            consultation.topics.add(topic)
    for world in (hoerde, hombruch):
        world.objects[Card] = list(Card.objects.filter(offering__in=world.objects[Offering]))
        world.objects[FacetChange] = list(FacetChange.objects.filter(district_slug=world.district.slug))
        world.objects[ConsultationCount] = list(ConsultationCount.objects.filter(office=world.office))
        world.add(FacetCount, first="", second=f"bezirk={world.district.slug}", ends=[today], numbers=[1])
    people = make_people(hoerde, hombruch)
    for world, who in ((hoerde, "koordination-awo"), (hombruch, "koordination-caritas")):
        make_import(world, people[who])
    make_ways_in(hoerde, people["koordination-awo"], people["tandem-hoerde"], people["technik"])
    make_ways_in(hombruch, people["koordination-caritas"], people["tandem-hombruch"], people["technik"])
    for world, who in ((hoerde, "tandem-hoerde"), (hombruch, "tandem-hombruch")):
        make_note(world, people[who])
        make_concerns(world, people[who], today)
        make_office_team(world, people[who], today)
        make_neighbours(world, people[who], today)
    make_jobs(hoerde, people["technik"])
    make_taking_part(hoerde, people["koordination-awo"], today)
    make_taking_part(hombruch, people["koordination-caritas"], today)
    hoerde.add(
        Parameter, key="betrag", name="Betrag", amount=1, valid_from=today, law="§ 1", source="Gesetzblatt"
    )
    return City(hoerde, hombruch, people)


def make_taking_part(world: World, coordinator: User, today: dt.date) -> None:
    """Who helps, who is looked for, and ideas in the hands of a district, of a carrier and of the editors."""
    volunteer = world.one(Volunteer)
    world.add(Certificate, volunteer=volunteer, seen_on=today, issued_on=today, seen_by=coordinator)
    world.named(VolunteerName, "Helferin", volunteer=volunteer)
    for venue in (world.hall, world.centre, world.office):
        world.named(Opening, "Gesuch", "title", venue=venue, hours="zwei Stunden", phone="0231 000000")
    charge: tuple[dict[str, Any], ...] = (
        {"owner_role": Role.VORORT, "district": world.district},
        {"owner_role": Role.COORDINATION, "carrier": world.carrier},
        {"owner_role": Role.EDITORS},
    )
    for one in charge:
        idea = world.named(
            Idea, "Idee", "title", text="Zusammen", posted_on=today, answer_by=today, until=today, **one
        )
        world.named(
            Companion,
            "Mitstreiter",
            idea=idea,
            started=True,
            phone="0231 000000",
            message="",
            joined_on=today,
        )
    world.add(Population, district=world.district, year=today.year - 1, people=10_000)
    world.named(VenueNote, "Zettel", "text", venue=world.hall, written_on=today, written_by=coordinator)


def make_jobs(world: World, user: User) -> None:
    """What the portal did by itself, and a mail that waits."""
    now = timezone.now()
    world.add(JobRun, job="extend_occurrences", started_at=now, said="3 Angebote fortgeführt.")
    kind = OutgoingMail.Kind.TASKS
    world.add(Deletion, label="seniorportal.Feedback", number="7", act="geloescht", day=now.date())
    world.add(OutgoingMail, key="aufgaben", kind=kind, to=user, written_at=now, next_try_at=now)


def make_note(world: World, user: User) -> None:
    """The one text about a person, behind the wall."""
    with wall.opened(user.memberships.get()):
        consultation = world.one(Consultation)
        world.named(ConsultationNote, "Notiz", "text", consultation=consultation, body=world.carrier)


def make_concerns(world: World, user: User, today: dt.date) -> None:
    """Somebody asks the office, the house and the coordinators; one of these was promised for yesterday."""
    yesterday, tomorrow = today - dt.timedelta(days=1), today + dt.timedelta(days=1)
    call, post = Concern.Kind.CALL_BACK, Concern.Kind.POST
    for kind, team, venue, until in (
        (call, {"team_venue": world.office}, world.office, tomorrow),
        (post, {"team_venue": world.centre, "deputy": world.office}, world.centre, tomorrow),
        (call, {"team_carrier": world.carrier, "deputy": world.office}, world.hall, tomorrow),
        (call, {"team_carrier": world.branch, "deputy": world.office}, world.hall, yesterday),
    ):
        said = {"asked_on": yesterday, "answer_by": until, "phone": world.word("Ruf")}
        made = world.named(Concern, "Anruferin", kind=kind, venue=venue, **team, **said)
        world.add(CallAttempt, concern=made, outcome=CallAttempt.Outcome.NOBODY, by=user)


def make_neighbours(world: World, user: User, today: dt.date) -> None:
    """Who is behind the number of the helper, what she learned, and whom she is to meet."""
    helper = world.one(Helper)
    world.named(HelperRecord, "Nachbarin", helper=helper, phone=world.word("Ruf"))
    world.add(Milestone, helper=helper, kind=Milestone.Kind.FIRST_TALK, day=today, by=user)
    asked = world.named(HelpRequest, "Bittende", office=world.office, answer_by=today, wanted=["einkauf"])
    world.add(Match, helper=helper, request=asked, kind=helper.kind)


def make_office_team(world: World, user: User, today: dt.date) -> None:
    """A colleague stands in for the tandem in a far summer, and was handed something."""
    member = user.memberships.get()
    colleague = make_user(f"kollegin-{world.name.lower()}")
    beside = make_membership(colleague, Role.TANDEM, venue=world.office, employer=world.carrier)
    world.add(WorkingWeek, member=member, weekdays=[today.weekday()])
    days = {"active_from": dt.date(2031, 7, 1), "active_until": dt.date(2031, 7, 14)}
    world.add(Absence, member=member, deputy=beside, **days)
    world.add(HandOver, office=world.office, giver=user, taker=colleague, number=3, by=user)


def make_closing(world: World, user: User) -> None:
    """The hall closes for three days in a far summer, with a date that falls into them."""
    days = {"first_day": dt.date(2031, 7, 1), "last_day": dt.date(2031, 7, 3)}
    notice = world.named(
        Notice, "Sturm", "text", scope=Notice.Scope.VENUE, venue=world.hall, made_by=user, **days
    )
    world.add(NoticeDate, notice=notice, occurrence=world.one(Occurrence), status="geplant", touched=False)


def make_import(world: World, user: User) -> None:
    """A file that one person read in; nobody else hears of it."""
    run = world.named(ImportRun, "Datei", "file_name", kind=ImportRun.Kind.VENUES, by=user)
    taken_over = {"state": ImportRun.State.WRITTEN, "notes": ["Halbjahr übernommen", str(world.hall)]}
    world.named(ImportRun, "Halbjahr", "file_name", kind=ImportRun.Kind.OFFERINGS, by=user, **taken_over)
    world.named(ImportRow, "Eintrag", "title", run=run, line=2, outcome=ImportRow.Outcome.NEW)


def make_ways_in(world: World, coordinator: User, tandem: User, technician: User) -> None:
    """A person invited to each place, a lost factor at the office and at the carrier, somebody signed in."""
    later = timezone.now() + dt.timedelta(days=30)
    days = {"expires_at": later, "invited_by": technician}
    world.named(Invitation, "Neu", role=Role.HALL, venue=world.hall, **days)
    world.named(Invitation, "Neu", role=Role.COORDINATION, carrier=world.branch, **days)
    world.named(Invitation, "Neu", role=Role.TANDEM, venue=world.office, employer=world.carrier, **days)
    for user in (coordinator, tandem):
        world.add(FactorReset, user=user, asked_by=technician)
    for kind in (Link.Kind.WALL, Link.Kind.CANCEL):
        world.add(Link, kind=kind, venue=world.hall, made_by=technician)
    world.add(
        Link, kind=Link.Kind.CONFIRM, venue=world.hall, made_for=coordinator, until=later, made_by=technician
    )
    world.add(Link, kind=Link.Kind.LOG, venue=world.office, made_for=tandem, until=later, made_by=tandem)
    make_closing(world, technician)
    world.add(LoginSession, session_key=world.word("")[-12:], session_data="", expire_date=later, user=tandem)
