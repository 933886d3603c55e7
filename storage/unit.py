"""A unit of work: one connection inside one savepoint, the clock, and the stores that use them."""

from collections.abc import Callable
from functools import cached_property

from sqlalchemy.engine import Connection

from bot.clock import Clock
from bot.domain.errors import Refused
from bot.domain.sealing import Seal
from storage.audit import AuditStore
from storage.ballot_votes import VoteStore
from storage.ballots import BallotStore
from storage.burden import BurdenStore
from storage.counters import Counters
from storage.drafts import DraftStore
from storage.exemptions import ExemptionStore
from storage.idempotency import Idempotency
from storage.lists import ListStore
from storage.news import NewsStore
from storage.office import OfficeStore
from storage.outbox import OutboxStore
from storage.people import PeopleStore
from storage.posts import PostStore
from storage.projections import ProjectionStore
from storage.rates import Buckets
from storage.reminders import ReminderStore
from storage.representatives import RepresentativeStore
from storage.review_facts import ReviewFactStore
from storage.review_plans import ReviewPlanStore
from storage.reviews import ReviewStore
from storage.rounds import RoundStore
from storage.savings import SavingStore
from storage.search import SearchStore
from storage.slack_state import SlackStateStore
from storage.standing import StandingStore
from storage.tasks import TaskStore
from storage.units import UnitStore
from storage.waiting import WaitingStore

NO_SECRET = Seal(b"")
"""For units that have nothing to do with secret votes: its seals are anybody's to make."""


class UnitOfWork:
    """What a use-case may touch of the database; it never commits, its caller does.

    Each store is made when it is first asked for, so a unit costs nothing it does not use.
    """

    audit_refusal: Callable[[Refused], None] | None = None
    """Writes a refusal down; called in a savepoint of its own after the work's was rolled back.
    Set it on the unit once it is known who acts, or define it for all units."""

    forgot = False
    """Whether something was deleted that is to be found in no file of the database any more."""

    def __init__(self, connection: Connection, clock: Clock, seal: Seal = NO_SECRET) -> None:
        self.connection = connection
        self.clock = clock
        self.seal = seal

    @cached_property
    def idempotency(self) -> Idempotency:
        """Keys of what came in, and their answers."""
        return Idempotency(self.connection, self.clock)

    @cached_property
    def outbox(self) -> OutboxStore:
        """Facts to tell and questions to ask."""
        return OutboxStore(self.connection, self.clock)

    @cached_property
    def projections(self) -> ProjectionStore:
        """Cards and Homes that show the newest state."""
        return ProjectionStore(self.connection, self.clock)

    @cached_property
    def buckets(self) -> Buckets:
        """How fast Slack may be called."""
        return Buckets(self.connection, self.clock)

    @cached_property
    def counters(self) -> Counters:
        """Numbers and counts."""
        return Counters(self.connection)

    @cached_property
    def people(self) -> PeopleStore:
        """Everyone, with the posts that count on a day."""
        return PeopleStore(self.connection)

    @cached_property
    def slack_state(self) -> SlackStateStore:
        """What Slack said last of accounts and channels."""
        return SlackStateStore(self.connection)

    @cached_property
    def posts(self) -> PostStore:
        """Who is given which post."""
        return PostStore(self.connection)

    @cached_property
    def units(self) -> UnitStore:
        """Bureaus, departments and teams."""
        return UnitStore(self.connection)

    @cached_property
    def tasks(self) -> TaskStore:
        """Tasks as they stand."""
        return TaskStore(self.connection)

    @cached_property
    def lists(self) -> ListStore:
        """Lists of tasks."""
        return ListStore(self.connection)

    @cached_property
    def waiting(self) -> WaitingStore:
        """What waits for a decision, and for whose."""
        return WaitingStore(self.connection)

    @cached_property
    def search(self) -> SearchStore:
        """Tasks by words, and similar ones."""
        return SearchStore(self.connection)

    @cached_property
    def audit(self) -> AuditStore:
        """The history, append-only."""
        return AuditStore(self.connection)

    @cached_property
    def drafts(self) -> DraftStore:
        """What people have begun to write."""
        return DraftStore(self.connection, self.clock)

    @cached_property
    def rounds(self) -> RoundStore:
        """Campaigns of the programme."""
        return RoundStore(self.connection)

    @cached_property
    def ballots(self) -> BallotStore:
        """Departments' votes on their representative tasks."""
        return BallotStore(self.connection)

    @cached_property
    def votes(self) -> VoteStore:
        """Who voted how, as far as it may be known."""
        return VoteStore(self.connection)

    @cached_property
    def representatives(self) -> RepresentativeStore:
        """The one task of each department."""
        return RepresentativeStore(self.connection)

    @cached_property
    def exemptions(self) -> ExemptionStore:
        """Teams that need not bring a task."""
        return ExemptionStore(self.connection)

    @cached_property
    def reminders(self) -> ReminderStore:
        """Dates to be reminded of."""
        return ReminderStore(self.connection)

    @cached_property
    def reviews(self) -> ReviewStore:
        """Directors' checks of their bureaus."""
        return ReviewStore(self.connection)

    @cached_property
    def review_plans(self) -> ReviewPlanStore:
        """When each bureau is reviewed next."""
        return ReviewPlanStore(self.connection)

    @cached_property
    def review_facts(self) -> ReviewFactStore:
        """What a review is made from."""
        return ReviewFactStore(self.connection)

    @cached_property
    def savings(self) -> SavingStore:
        """What is asked about completed tasks."""
        return SavingStore(self.connection)

    @cached_property
    def standing(self) -> StandingStore:
        """Who stands in for whom."""
        return StandingStore(self.connection)

    @cached_property
    def burden(self) -> BurdenStore:
        """What the programme costs people."""
        return BurdenStore(self.connection)

    @cached_property
    def office(self) -> OfficeStore:
        """What headquarters sets for the whole office."""
        return OfficeStore(self.connection)

    @cached_property
    def news(self) -> NewsStore:
        """What people have to hear about their tasks."""
        return NewsStore(self.connection, self.clock)
