"""People as Slack knows them: who is deactivated, who is whose address, who has just joined.

The organisation file says who people are; Slack only says how they are reached. So a display name
never overwrites a name, and an address of the file is never replaced by one from Slack.
"""

from dataclasses import replace
from datetime import datetime

from bot.domain.calendar import today
from bot.domain.org import Person
from bot.domain.reorganising import own_posts
from bot.domain.results import Surface
from bot.i18n.texts import language_of
from bot.usecases.handing_over import hand_over, left_behind
from storage.unit import UnitOfWork


def follow_user_change(
    uow: UnitOfWork,
    slack_id: str,
    *,
    deleted: bool,
    email: str | None,
    locale: str | None,
    now: datetime,
    updated: int = 0,
    heard: int = 0,
) -> Person | None:
    """Follow what is new or changed about a Slack account; None when it is nobody's of ours.

    Who is deactivated leaves: their open tasks are handed over, and their posts count again when
    the account is reactivated and the organisation file still has them. Slack tells late, twice
    and in any order: nothing is followed that is older than what was heard before (`updated` and
    `heard` as in the store of what was heard).
    """
    news = uow.slack_state.account(slack_id, updated=updated, heard=heard)
    known = uow.people.by_slack(slack_id, today(now))
    if not news:
        return known
    # A deactivated account is linked too, so that its joining may be heard of afterwards.
    known = known or joined(uow, slack_id, email, now)
    if known is None:
        return None
    person = known
    if email and not known.email and uow.people.by_email(email, today(now)) is None:
        person = replace(known, email=email.lower())
    language = language_of(locale) if locale else person.language
    changed = replace(person, active=not deleted, language=language)
    if changed == known:
        return known
    uow.people.save(changed)
    if known.active and deleted:
        left = left_behind(post.place for post in own_posts(known))
        hand_over(uow, {known.id: left}, Surface.SLACK, now)
    return uow.people.get(known.id, today(now))


def found_by_email(uow: UnitOfWork, person: int, slack_id: str | None, now: datetime) -> bool:
    """Take in Slack's answer to whose an address is; whether the person is now reached by it.

    The id of somebody who left is free to be taken; that of somebody who serves is not.
    """
    found = uow.people.get(person, today(now))
    if found is None or slack_id is None or found.slack_id:
        return False
    other = uow.people.by_slack(slack_id, today(now))
    if other is not None:
        if own_posts(other):
            return False
        uow.people.save(replace(other, slack_id=None))
    uow.people.save(replace(found, slack_id=slack_id))
    return True


def joined(uow: UnitOfWork, slack_id: str, email: str | None, now: datetime) -> Person | None:
    """Link a new Slack account to the person with its address; None when nobody has it.

    A new account of somebody whose old one was deactivated takes its place.
    """
    known = uow.people.by_slack(slack_id, today(now))
    if known is not None:
        return known
    person = uow.people.by_email(email, today(now)) if email else None
    if person is None or (person.slack_id and person.active):
        return None
    linked = replace(person, slack_id=slack_id, active=True)
    uow.people.save(linked)
    return linked


def meet(uow: UnitOfWork, person: int, language: str, now: datetime) -> None:
    """Speak somebody's own language from the first time they are met; later they choose it."""
    if uow.people.welcome(person, now):
        uow.people.set_language(person, language)
