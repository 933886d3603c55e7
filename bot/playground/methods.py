"""Every method the workspace knows, with its scopes; anything else is `unknown_method`."""

from bot.playground import (
    api_blocks,
    api_chat,
    api_conversations,
    api_files,
    api_people,
    api_reactions,
    api_views,
)
from bot.playground.api import Args, Method
from bot.playground.records import Json, SlackError
from bot.playground.sockets import Sockets
from bot.playground.workspace import Workspace


def open_connection(ws: Workspace, args: Args) -> Json:
    """apps.connections.open: the address of a websocket, good for half a minute."""
    if not isinstance(ws.delivery.transport, Sockets):
        raise SlackError("not_allowed", ("socket mode is switched off",))
    url = ws.base_url.replace("http", "ws", 1)
    return {"url": f"{url}/link/?ticket={ws.sockets.ticket()}"}


METHODS = {
    "auth.test": Method(api_people.auth_test),
    "blocks.validate": Method(api_blocks.validate),
    "apps.connections.open": Method(open_connection, token="app"),
    "chat.postMessage": Method(api_chat.post, ("chat:write",)),
    "chat.postEphemeral": Method(api_chat.post_ephemeral, ("chat:write",)),
    "chat.update": Method(api_chat.update, ("chat:write",)),
    "chat.delete": Method(api_chat.delete, ("chat:write",)),
    "chat.getPermalink": Method(api_chat.permalink),
    "conversations.open": Method(api_conversations.open_im, ("im:write",)),
    "conversations.info": Method(api_conversations.info),
    "conversations.list": Method(api_conversations.list_all),
    "conversations.members": Method(api_conversations.members),
    "conversations.history": Method(api_conversations.history),
    "conversations.replies": Method(api_conversations.replies),
    "reactions.add": Method(api_reactions.add, ("reactions:write",)),
    "reactions.remove": Method(api_reactions.remove, ("reactions:write",)),
    "reactions.get": Method(api_reactions.get, ("reactions:read",)),
    "users.info": Method(api_people.info, ("users:read",)),
    "users.list": Method(api_people.list_all, ("users:read",)),
    "users.lookupByEmail": Method(api_people.lookup_by_email, ("users:read", "users:read.email")),
    "users.conversations": Method(api_conversations.of_user),
    "views.open": Method(api_views.open_view),
    "views.push": Method(api_views.push),
    "views.update": Method(api_views.update),
    "views.publish": Method(api_views.publish),
    "files.getUploadURLExternal": Method(api_files.get_upload_url, ("files:write",)),
    "files.completeUploadExternal": Method(api_files.complete_upload, ("files:write",)),
    "files.info": Method(api_files.info, ("files:read",)),
}
