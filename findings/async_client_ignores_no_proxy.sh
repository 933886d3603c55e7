#!/usr/bin/env bash
# slack_sdk: the async web client sends through HTTP_PROXY what NO_PROXY exempts; the sync one does not.
#
# Expected: both clients of one library read the environment alike, so a host named in NO_PROXY is
#   reached directly by both.
# Seen: slack_sdk 3.47.0 with aiohttp 3.14.3 on Python 3.11, 2026-12-01. The async client takes the
#   proxy from the environment when it is built and hands it to every call; NO_PROXY is never asked.
# It matters where a public office reaches Slack by a direct line, or a test server on its own
#   machine, while everything else has to go through the office's proxy: messages are then sent to a
#   proxy that refuses them. We decide on the proxy ourselves, by the host of each address.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check slack_sdk==3.47.0 aiohttp==3.14.3

cat > "$folder/both.py" <<'PYTHON'
import asyncio
import os
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version


def serve(seen):
    """A server that writes down the request lines it gets and says ok; its port."""

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self):
            seen.append(self.path)
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            body = b'{"ok": true}'
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_port


direct, proxied = [], []
api = f"http://127.0.0.1:{serve(direct)}/api/"
proxy = f"http://127.0.0.1:{serve(proxied)}"
for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
    os.environ[name] = proxy
os.environ["NO_PROXY"] = os.environ["no_proxy"] = "127.0.0.1"

from slack_sdk import WebClient
from slack_sdk.web.async_client import AsyncWebClient

WebClient(base_url=api).api_test()
by_sync = len(direct), len(proxied)
asyncio.run(AsyncWebClient(base_url=api).api_test())
by_async = len(direct) - by_sync[0], len(proxied) - by_sync[1]
print("slack_sdk", version("slack_sdk"), "aiohttp", version("aiohttp"))
print("sync:  direct %d, through the proxy %d" % by_sync)
print("async: direct %d, through the proxy %d" % by_async)
raise SystemExit(0 if (by_sync, by_async) == ((1, 0), (0, 1)) else 1)
PYTHON
"$folder/venv/bin/python" "$folder/both.py"
