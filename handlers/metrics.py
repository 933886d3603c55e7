"""Counters and durations in Prometheus' format, in a registry of our own."""

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0)
"""Up to Slack's three seconds for an ack."""


class Metrics:
    """What one process counts."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._answered = Counter(
            "gopbaegi_inbound",
            "Payloads from Slack that were answered, by what became of them.",
            ("kind", "id", "outcome"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "gopbaegi_inbound_seconds",
            "Seconds from a payload to its ack.",
            ("kind",),
            buckets=_SECONDS,
            registry=self.registry,
        )
        # Looking a child up by its labels costs more than counting.
        self._counts: dict[tuple[str, str, str], Counter] = {}
        self._durations: dict[str, Histogram] = {}

    def answered(self, kind: str, id: str, outcome: str, seconds: float) -> None:
        """Count a payload; `id` must come from a table of ours, never from Slack."""
        labels = (kind, id, outcome)
        count = self._counts.get(labels)
        if count is None:
            count = self._counts[labels] = self._answered.labels(*labels)
        duration = self._durations.get(kind)
        if duration is None:
            duration = self._durations[kind] = self._seconds.labels(kind)
        count.inc()
        duration.observe(seconds)

    def gauge(self, name: str, help: str, value: Callable[[], float]) -> None:
        """Show a figure that is asked for at each scrape; `name` without the prefix."""
        Gauge(f"gopbaegi_{name}", help, registry=self.registry).set_function(value)

    def counter(self, name: str, help: str, labels: tuple[str, ...] = ()) -> Counter:
        """A counter of somebody else's; `name` without the prefix."""
        return Counter(f"gopbaegi_{name}", help, labels, registry=self.registry)

    def page(self) -> bytes:
        """Everything, as a scrape reads it."""
        return generate_latest(self.registry)
