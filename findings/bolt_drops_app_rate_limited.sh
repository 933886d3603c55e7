#!/usr/bin/env bash
# slack_bolt: the payload app_rate_limited of the Events API reaches no listener and is answered 404.
#
# Expected: an app that has a catch-all for events, actions and everything else hears that Slack has
#   begun to withhold events, as Slack's reference of app_rate_limited describes it (type, token,
#   team_id, minute_rate_limited, api_app_id), and the request is acknowledged.
# Seen: slack_bolt 1.30.0 on Python 3.11, 2026-12-01. It is neither an event_callback nor any other
#   type that a listener can be asked for, so no listener is called and Slack is told 404, which counts
#   as a failed delivery.
# It matters where an app counts something from events, votes for instance: what was withheld is
#   known only from this payload. We answer it before Bolt and count anew in Slack.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check slack_bolt==1.30.0 slack_sdk==3.47.0

cat > "$folder/limited.py" <<'PYTHON'
import json
import logging
import re
from importlib.metadata import version

from slack_bolt import App, BoltRequest
from slack_bolt.authorization import AuthorizeResult

logging.disable(logging.CRITICAL)
heard = []
app = App(
    signing_secret="unused",
    request_verification_enabled=False,
    authorize=lambda **_: AuthorizeResult(
        enterprise_id=None, team_id="T1", bot_token="xoxb-unused", bot_user_id="U1", bot_id="B1"
    ),
)
anything = re.compile("")
for listen in (
    app.event, app.action, app.command, app.shortcut, app.options,
    app.view_submission, app.view_closed, app.message,
):
    listen(anything)(lambda ack=None, body=None: (heard.append(body["type"]), ack and ack()))


def tell(body):
    headers = {"content-type": ["application/json"]}
    return app.dispatch(BoltRequest(body=json.dumps(body), headers=headers)).status


event = {
    "type": "event_callback", "team_id": "T1", "api_app_id": "A1", "event_id": "Ev1",
    "event": {"type": "reaction_added", "user": "U2", "reaction": "thumbsup"},
}
limited = {
    "type": "app_rate_limited", "token": "unused", "team_id": "T1", "api_app_id": "A1",
    "minute_rate_limited": 1796111100,
}
statuses = tell(event), tell(limited)
print("slack_bolt", version("slack_bolt"))
print("event_callback:   status %d" % statuses[0])
print("app_rate_limited: status %d" % statuses[1])
print("heard by listeners:", sorted(set(heard)))
raise SystemExit(0 if statuses == (200, 404) and "app_rate_limited" not in heard else 1)
PYTHON
"$folder/venv/bin/python" "$folder/limited.py"
