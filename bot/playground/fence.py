"""Keeps the workspace to its own page and to the programmes of this machine.

The same browser has other sites open, and every one of them can send requests to this machine:
links, images, forms, fetches, websockets. What they cannot do is name our own origin, read what
we answer or set a header of their own without asking first. So nobody else's origin is served,
nobody else's name is answered to (a site can have its own name point at this machine), no token
counts that a mere link can carry, and no answer can be framed, embedded or run.
"""

from aiohttp import web
from aiohttp.typedefs import Handler

FROM_HERE = ("same-origin", "none")
"""Where the browser says that a request comes from: the page, or the person's own hand."""
_OPENED = ("/", "/archives/")
"""What somebody may come to by a link on another site: nothing happens there but that it opens."""
_ONE_OF_A_KIND = ("Host", "Origin", "Sec-Fetch-Site")

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
"""For whatever is no page."""
UPLOADED = f"{NOTHING}; sandbox"
"""Uploaded bytes are never run as a page of this origin."""


def page_policy(host: str) -> str:
    """What the page may load: its own scripts and styles, its own line, and pictures of blocks,
    which the app names with any address."""
    own = "script-src 'self'; style-src 'self'"
    return f"{NOTHING}; {own}; img-src 'self' http: https:; connect-src 'self' ws://{host}"


class Fence:
    """Judges requests to a server that answers to these names (host and port)."""

    def __init__(self) -> None:
        self.names: frozenset[str] = frozenset()

    @web.middleware
    async def judge(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Answer 403 to what comes from elsewhere."""
        if any(len(request.headers.getall(name, ())) > 1 for name in _ONE_OF_A_KIND):
            raise web.HTTPForbidden(text="a header twice")
        host = request.headers.get("Host", "").lower()
        if host not in self.names:
            raise web.HTTPForbidden(text="foreign host")
        own = f"http://{host}"
        if request.headers.get("Origin", own).lower() != own:
            raise web.HTTPForbidden(text="foreign origin")
        site = request.headers.get("Sec-Fetch-Site", "none").lower()
        if site not in FROM_HERE and not _is_opened(request):
            raise web.HTTPForbidden(text="foreign site")
        return await handler(request)

    async def dress(self, request: web.Request, response: web.StreamResponse) -> None:
        """Give every answer, refusals too, the headers that keep it from other sites."""
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Content-Security-Policy", NOTHING)


def _is_opened(request: web.Request) -> bool:
    """Whether a browser opens the page in a window of its own, by a link from elsewhere."""
    path, headers = request.path, request.headers
    return (
        request.method == "GET"
        and (path == _OPENED[0] or path.startswith(_OPENED[1]))
        and headers.get("Sec-Fetch-Mode") == "navigate"
        and headers.get("Sec-Fetch-Dest") == "document"
    )
