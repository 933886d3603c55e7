"""Which ack and which calls a reply or a refusal becomes; nothing is sent here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from bot.domain.errors import BotError, Busy, NotStored, Several, Unknown
from bot.i18n.texts import Texts
from bot.views.kit import View, context, message, section, with_banner, with_typed
from handlers.inbound import ATTEMPT, Inbound, Kind
from handlers.reply import (
    ClearViews,
    Errors,
    Many,
    Nothing,
    OpenView,
    Options,
    Publish,
    PushView,
    Reply,
    Say,
    UpdateView,
)

OK = 200
AGAIN = 500
"""Has Slack deliver an event again, and show people that a press failed."""
_METADATA_MAX = 3000


@dataclass(frozen=True)
class Call:
    """A method of Slack's, `respond` (to a response_url) or `tell` (a direct message)."""

    method: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True)
class Answer:
    """What goes back to Slack at once, and the calls that come before it."""

    status: int = OK
    body: dict[str, Any] | None = None
    calls: Sequence[Call] = field(default=())


def answer_to(inbound: Inbound, reply: Reply) -> Answer:
    """The answer a reply becomes; ValueError where Slack has no way to do it."""
    match reply:
        case Nothing():
            return Answer()
        case Say():
            return _said(inbound, reply)
        case OpenView(view):
            return _call("views.open", trigger_id=inbound.trigger_id, view=view)
        case PushView(view):
            return _pushed(inbound, view)
        case UpdateView():
            return _updated(inbound, reply)
        case Errors(fields):
            blocks = _inputs(inbound.view)
            return _action("errors", errors={blocks[name]: text for name, text in fields.items()})
        case ClearViews() if inbound.kind is Kind.VIEW:
            return _action("clear")
        case Options(options, grouped):
            return Answer(body={"option_groups" if grouped else "options": list(options)})
        case Publish(view):
            return _call("views.publish", user_id=inbound.user, view=view)
        case Many(replies):
            return _together([answer_to(inbound, one) for one in replies])
        case _:
            raise ValueError(f"no {type(reply).__name__} after a payload of kind {inbound.kind}")


def refusal(inbound: Inbound, texts: Texts, error: BotError) -> Answer:
    """How a person is told of an error: where they are, with what they typed kept."""
    errors = error.errors if isinstance(error, Several) else [error]
    told = [(one.field, texts(one.key, **one.params)) for one in errors]
    text = "\n".join(dict.fromkeys(text for _, text in told))
    match inbound.kind:
        case Kind.EVENT:
            again = isinstance(error, Busy | NotStored | Unknown)
            return Answer(AGAIN if again else OK)
        case Kind.OPTIONS:
            return Answer(body={"options": []})
        case Kind.CLOSED:
            return Answer()
        case Kind.VIEW:
            blocks = _inputs(inbound.view)
            if all(name in blocks for name, _ in told):
                return _action("errors", errors={blocks[name]: line for name, line in told})
            return _action("update", view=_again(inbound, text, error))
        case Kind.ACTION if inbound.in_modal:
            view = _again(inbound, text, error)
            return _call("views.update", view_id=inbound.view["id"], view=view)
        case Kind.ACTION if inbound.in_home:
            return _call("views.publish", user_id=inbound.user, view=_again(inbound, text, error))
        case Kind.COMMAND if inbound.text:
            # Slack has emptied the composer: what was typed would be lost.
            typed = context(f"{inbound.body['command']} {inbound.text}")
            return _said(inbound, Say(**message(text, [section(text), typed])))
        case _:
            return _said(inbound, Say(**message(text)))


def tell(user: str, text: str) -> Call:
    """A direct message; `text` is ready for Slack."""
    return Call("tell", {"user": user, "text": text})


def _said(inbound: Inbound, say: Say) -> Answer:
    said: dict[str, Any] = {"text": say.text} if say.text else {}
    if say.blocks:
        said["blocks"] = list(say.blocks)
    said["response_type"] = "ephemeral" if say.ephemeral else "in_channel"
    if inbound.kind is Kind.COMMAND:
        return Answer(body=said)
    if inbound.response_url is None:
        return Answer(calls=(tell(inbound.user, say.text),) if inbound.user else ())
    said["replace_original"] = say.replace
    if inbound.message and inbound.message.thread_ts and not say.replace:
        said["thread_ts"] = inbound.message.thread_ts
    return _call("respond", url=inbound.response_url, body=said)


def _pushed(inbound: Inbound, view: View) -> Answer:
    if inbound.kind is Kind.VIEW:
        return _action("push", view=view)
    method = "views.push" if inbound.in_modal else "views.open"
    return _call(method, trigger_id=inbound.trigger_id, view=view)


def _updated(inbound: Inbound, update: UpdateView) -> Answer:
    own = inbound.view["id"] if inbound.in_modal else None
    target = inbound.beneath if update.beneath else own
    if target is None:
        raise ValueError("no view to update")
    if inbound.kind is Kind.VIEW and target == own:
        return _action("update", view=update.view)
    unless = {} if update.hash is None else {"hash": update.hash}
    return _call("views.update", view_id=target, view=update.view, **unless)


def _together(answers: Sequence[Answer]) -> Answer:
    bodies = [answer.body for answer in answers if answer.body is not None]
    if len(bodies) > 1:
        raise ValueError("only one reply can be the ack's content")
    calls = [call for answer in answers for call in answer.calls]
    return Answer(body=bodies[0] if bodies else None, calls=calls)


def _again(inbound: Inbound, text: str, error: BotError) -> View:
    """The view as it was, with a banner and what was typed."""
    view = with_banner(with_typed(inbound.view, inbound.state), text)
    if isinstance(error, Unknown) and inbound.kind is Kind.VIEW:
        # Sending the same again is then the same submission, though the view has a new hash.
        known = msgspec.json.encode({**inbound.metadata, ATTEMPT: inbound.attempt}).decode()
        readable = bool(inbound.metadata) or not view.get("private_metadata")
        if readable and len(known) <= _METADATA_MAX:
            view["private_metadata"] = known
    return view


def _inputs(view: Mapping[str, Any]) -> dict[str | None, str]:
    """The inputs' block ids by field: the action id, or what follows its last dot."""
    blocks: dict[str | None, str] = {}
    for block in view.get("blocks", ()):
        if block["type"] == "input":
            action_id = block["element"]["action_id"].partition(":")[0]
            blocks.setdefault(action_id.rpartition(".")[2], block["block_id"])
            blocks[action_id] = block["block_id"]
    return blocks


def _call(method: str, **arguments: Any) -> Answer:
    return Answer(calls=(Call(method, arguments),))


def _action(response_action: str, **content: Any) -> Answer:
    return Answer(body={"response_action": response_action, **content})
