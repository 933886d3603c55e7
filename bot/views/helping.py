"""Help: what can be typed, in one ephemeral message."""

from typing import Any

from bot.i18n.texts import Texts
from bot.views.kit import actions, button, context, header, joined, message, phrase, section

_LINES = ("propose", "title-given", "list", "find", "show", "update", "ballot", "exempt", "review")
_OF_HQ = ("admin",)


def help_message(t: Texts, *, unknown: str = "", hq: bool = False) -> dict[str, Any]:
    """All commands with an example each; `unknown` is what was typed and not understood."""
    lines = (*_LINES, *(_OF_HQ if hq else ()), "help")
    blocks = [section(t("help-unknown", text=unknown))] if unknown else []
    blocks += [
        header(t("help-title")),
        section(t("welcome-text")),
        section(joined(phrase(t, f"help-{name}") for name in lines)),
        actions(button(t("button-propose"), "propose.open", style="primary")),
        context(t("help-else")),
    ]
    return message(t("help-title"), blocks)
