"""What was promised at commit ce75996 and not sent yet comes from the bot of today, once.

Nothing here looks into the tables of delivery: only Slack is asked what came.
"""

from collections import Counter

from tests.shipped.filled import BY_NAME, OFFICE, rows

UNFINISHED = {way: OFFICE["unfinished"][way] for way in ("found", "unsure")}
"""Calls whose end was not known: those that had arrived, and those that had not."""
UNFINISHED_ELSE = {way: OFFICE["unfinished"][way] for way in ("parked", "dropped")}
"""What was given up: set aside, or dropped."""
NO_LONGER_WANTED = "exemption_filed:6:0:10"
"""It asks for a decision that was given before the question could leave."""
SLACK_ID = {row["id"]: row["slack_id"] for row in rows("people")}


def once(found):
    """The same names, each with one message."""
    return dict.fromkeys(found, 1)


def waiting_facts():
    """The facts that were due to a person or channel."""
    return [
        fact
        for fact in rows("outbox")
        if fact["settled_at"] is None
        and fact["recipient"].startswith(("person:", "channel:"))
        and fact["dedupe_key"] != NO_LONGER_WANTED
    ]


def stale(kind):
    """The projections that were to be shown anew, or for the first time."""
    return [
        shown
        for shown in rows("projections")
        if shown["kind"] == kind and shown["shown_version"] < shown["wanted_version"]
    ]


def test_every_fact_that_was_due_is_told_once(aftermath):
    told = {
        fact["dedupe_key"]: len(aftermath.bearing(fact["token"]))
        for fact in waiting_facts()
        if fact["kind"] != "news"
    }
    assert len(told) == 10
    assert told == once(told)


def test_a_call_whose_end_was_unknown_is_looked_for_before_it_is_made_again(aftermath):
    at_first = {way: [aftermath.at_first[t] for t in of] for way, of in UNFINISHED.items()}
    assert at_first == {"found": [1, 1], "unsure": [0, 0]}, "it might still arrive"
    at_last = {way: [len(aftermath.bearing(t)) for t in of] for way, of in UNFINISHED.items()}
    assert at_last == {"found": [1, 1], "unsure": [1, 1]}


def test_everybody_hears_all_their_news_in_one_message(aftermath):
    news = [fact for fact in waiting_facts() if fact["kind"] == "news"]
    told = Counter(fact["recipient"] for fact in news for _ in aftermath.bearing(fact["token"]))
    assert told == once({fact["recipient"] for fact in news})
    (heard,) = aftermath.told(BY_NAME["최주무"], "대상 부서를 적어 주시기 바랍니다.")
    assert "소식지 발송 대장 폐지" in str(heard.blocks)


def test_what_one_person_of_a_channel_was_to_see_is_not_repeated_when_they_may_have(aftermath):
    ws = aftermath.ws
    seen = [m.only_for for m in ws.talk.all("C0000001", BY_NAME["임주무"]) if m.only_for]
    perhaps_seen = [m.only_for for m in ws.talk.all("C0000001", BY_NAME["박팀장"]) if m.only_for]
    assert (len(seen), len(perhaps_seen)) == (1, 0)


def test_what_follows_another_message_stands_in_its_thread(aftermath):
    (after,) = [fact for fact in waiting_facts() if fact["after_key"]]
    (first,) = [fact for fact in rows("outbox") if fact["dedupe_key"] == after["after_key"]]
    assert [m.thread_ts for m in aftermath.bearing(after["token"])] == [first["ts"]]


def test_every_card_and_review_that_was_stale_shows_the_newest_state(aftermath):
    standing = [shown for kind in ("card", "review") for shown in stale(kind) if shown["ts"]]
    assert len(standing) == 6
    for shown in standing:
        assert aftermath.ws.talk.find(shown["channel"], shown["ts"]).edited, shown


def test_a_card_that_was_never_posted_is_posted_once_and_shows_the_newest_state(aftermath):
    cards = {shown["subject"]: aftermath.bearing(shown["token"]) for shown in stale("card")}
    assert {task: len(found) for task, found in cards.items()} == once(cards)
    assert "보완 요청" in cards[31][0].text
    assert cards[32][0].edited, "the post had arrived, with what was known then"


def test_every_home_that_was_stale_is_drawn(aftermath):
    homes = [SLACK_ID[shown["subject"]] for shown in stale("home")]
    assert len(homes) == 5
    assert [who for who in homes if not aftermath.ws.modals.home(who)] == []


def test_a_ballot_that_was_being_posted_stands_with_the_bots_signs(aftermath):
    messages = [fact for fact in waiting_facts() if fact["kind"] == "ballot_candidate"]
    signs = [m.reactions for fact in messages for m in aftermath.bearing(fact["token"])]
    assert len(signs) == 2
    assert all(len(who) == 1 for sign in signs for who in sign.values()), signs


def test_what_had_been_set_aside_or_dropped_for_the_bots_own_sake_is_told_once(aftermath):
    dropped = {fact["token"]: fact["error"] for fact in rows("outbox")}
    mended = [token for token in UNFINISHED_ELSE["dropped"] if dropped[token] != "user_disabled"]
    told = {t: len(aftermath.bearing(t)) for t in [*UNFINISHED_ELSE["parked"], *mended]}
    assert len(told) == 6
    assert told == once(told)


def test_who_had_been_deactivated_is_still_not_written_to(aftermath):
    gone = [fact["token"] for fact in rows("outbox") if fact["error"] == "user_disabled"]
    assert gone
    assert [aftermath.bearing(token) for token in gone] == [[]] * len(gone)


def test_cards_that_had_been_given_up_come_once(aftermath):
    lost = [
        shown["token"]
        for shown in rows("projections")
        if shown["kind"] == "card" and shown["state"] in ("parked", "dropped") and not shown["ts"]
    ]
    assert len(lost) == 4
    assert [len(aftermath.bearing(token)) for token in lost] == [1] * 4
