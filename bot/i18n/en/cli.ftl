### The command line: help, importing an organisation, and the doctor.

## Help

cli-usage = Usage:
cli-about = Take work away, double the renewal. Without a command it starts as “all”, or opens the playground when there are no settings for Slack.
cli-commands = Commands
cli-command = COMMAND
cli-options = Options
cli-arguments = Arguments
cli-command-all = Run the whole bot in one process.
cli-command-socket = Run only what talks to Slack over Socket Mode.
cli-command-web = Run only what talks to Slack over HTTP.
cli-command-worker = Run only the schedule and the sending of messages.
cli-command-playground = Try it on this machine with a sample organisation, without Slack.
cli-command-migrate = Bring the database to the newest revision.
cli-command-org = Look after the organisation.
cli-command-import = Show what an organisation file (CSV, XLSX) would change. With --apply, change it.
cli-command-doctor = Check tokens, scopes, channels, database, clock and organisation, and say how to mend each.
cli-option-help = Show this help.
cli-option-lang = Language of the output (ko or en). Follows LANG unless given.
cli-option-http = Use signed HTTP instead of Socket Mode.
cli-option-fresh = Forget the last visit and start anew.
cli-option-tasks = How many sample tasks there are (default { $default })
cli-option-ballot = open the ballots of the two staffed bureaus
cli-option-port = Port of the playground's page (default { $default })
cli-option-apply = Apply what is shown.
cli-argument-file = The organisation file

## Commands that are not understood

cli-not-understood = This command is not understood ({ $reason }). { $help } shows how it is used.
cli-not-a-number = please write a whole number from 0 to { $most }

## Running

cli-playground = The playground: { $url } (Ctrl+C ends it)
cli-playground-taken =
    Port { $port } is in use by another programme, so this one did not start.
    If it is the playground you started before, open http://127.0.0.1:{ $port }.
    If not, start at another port: make run ARGS="--port { $other }"
cli-port-taken = Port { $port } is in use by another programme, so this one did not start. End that programme, or set another port in the environment variable PORT (for example PORT={ $other }).
cli-no-database = The database cannot be used ({ $reason }). python -m bot doctor says what to mend.
cli-stopping = Stopping.

## Importing an organisation

cli-no-file = { $file } cannot be opened ({ $reason }). Please check its path and whether you may read it.
cli-import-refused =
    { $count ->
        [one] One thing is to be mended, so nothing was applied. Please mend it and run the command again.
       *[other] { $count } things are to be mended, so nothing was applied. Please mend them all and run the command again.
    }
cli-import-unknown = It is not known whether this was applied. Please run the command without --apply to see what is left to change.
cli-import-applied = Applied.
cli-import-dry = Nothing was applied yet. To apply this, add --apply to the same command.
cli-import-nothing = There is nothing to apply.

## The doctor

specimen = Specimen

doctor-fine = ✓ Fine: { $what }
doctor-wrong = ✗ Wrong: { $what }
doctor-mend = {"    "}→ { $mend }
doctor-summary =
    { $wrong ->
        [0] { $checks } checks, all fine.
       *[other] { $checks } checks, { $wrong } wrong.
    }

doctor-database = The database in use: { $place }
doctor-database-away = The database cannot be reached ({ $reason }).
doctor-database-away-mend = Check the address and password in DATABASE_URL, whether the database server runs, and for SQLite the rights to its folder.
doctor-tables-old = The tables of the database do not fit this version (they are at { $stored }, needed is { $newest }).
doctor-tables-old-mend = Run python -m bot migrate. If a newer version of the bot used this database, update the bot.
doctor-tables = The tables of the database are the newest ({ $newest }).
doctor-database-unwritable = The database cannot be written ({ $reason }).
doctor-database-unwritable-mend = Check the space left on the disk, whether the file or account may be written, and whether another program holds the database.
doctor-not-in-time = it was not stored in time
doctor-database-writable = The database can be read and written.

doctor-nobody = There is no organisation yet.
doctor-nobody-mend = Import the organisation file with python -m bot org import FILE --apply.
doctor-people =
    { $count ->
        [one] The only person is linked to Slack.
       *[other] All { $count } people are linked to Slack.
    }
doctor-people-lost =
    { $more ->
        [yes] People without a known Slack account: { $count } ({ $names }, …).
       *[no] People without a known Slack account: { $count } ({ $names }).
    }
doctor-people-lost-mend = While the bot runs it looks accounts up by email. If some are left after a day, correct their emails in the organisation file or add their Slack IDs, and import it again.
doctor-hq = People at headquarters: { $count }.
doctor-no-hq = Nobody is headquarters.
doctor-no-hq-mend = Write “hq” in the role column of the organisation file and import it again.
doctor-no-channels = No unit has a channel, so cards of tasks have nowhere to go.
doctor-no-channels-mend = Write channel IDs in the columns bureau channel and department channel of the organisation file and import it again.

doctor-proxy = Slack is reached through the proxy { $proxy }.
doctor-no-proxy = Slack is reached directly, without a proxy.
doctor-screens = Slack takes all { $count } screens and messages.
doctor-screens-unknown = Only { $count } of { $all } screens and messages were checked with Slack ({ $reason }).
doctor-screen-wrong = Slack does not take the screen { $screen } ({ $reason }).
doctor-screen-mend = Update the bot to its newest version; if it stays, tell the developers this line.
doctor-slack-away = Slack ({ $url }) cannot be reached ({ $reason }).
doctor-slack-away-mend = Check the connection, firewall and proxy (HTTPS_PROXY) and SLACK_API_URL, then run the doctor again.
doctor-no-bot-token = SLACK_BOT_TOKEN is not set.
doctor-bot-token-refused = Slack refuses the bot token ({ $reason }).
doctor-bot-token-mend = Install the app on its page OAuth & Permissions and put the Bot User OAuth Token (xoxb-…) into SLACK_BOT_TOKEN.
doctor-bot-token = The bot token is right ({ $team }, @{ $bot }).
doctor-over-http = There is no app token; Slack is heard over HTTP.
doctor-no-way = Neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set, so nothing can come from Slack.
doctor-no-way-mend = For Socket Mode put an App-Level Token with connections:write into SLACK_APP_TOKEN, for HTTP the Signing Secret into SLACK_SIGNING_SECRET. Both are on the app's page Basic Information.
doctor-app-token-refused = Slack does not open Socket Mode for the app token ({ $reason }).
doctor-app-token-mend = Switch Socket Mode on in the app's settings, make a new App-Level Token (xapp-…) with connections:write on Basic Information, and put it into SLACK_APP_TOKEN.
doctor-app-token = The app token opens Socket Mode.
doctor-clock-unknown = Slack's answer has no time, so the clock was not checked.
doctor-clock = The clock is right.
doctor-clock-off =
    { $ahead ->
        [yes] The clock is { $seconds } seconds fast. Beyond five minutes nothing from Slack is accepted.
       *[no] The clock is { $seconds } seconds slow. Beyond five minutes nothing from Slack is accepted.
    }
doctor-clock-off-mend = Switch on time synchronisation (NTP) on the server.
doctor-scopes = The bot token has every scope it needs.
doctor-scopes-missing = The bot token lacks scopes: { $scopes }
doctor-scopes-missing-mend = Paste manifest.json into App Manifest in the app's settings again and reinstall the app on Install App.
doctor-channels =
    { $count ->
        [one] The bot can post in the only channel of a unit.
       *[other] The bot can post in all { $count } channels of units.
    }
doctor-channels-unknown = The channels of units were not checked ({ $reason }).
doctor-channel-gone = The channel of { $units } ({ $channel }) does not exist, or is private and the bot is not in it.
doctor-channel-gone-mend = If it is private, invite the bot there with /invite; if not, correct the channel ID in the organisation file and import it again.
doctor-channel-archived = The channel of { $units } ({ $channel }) is archived.
doctor-channel-archived-mend = Unarchive it, or write another channel ID in the organisation file and import it again.
doctor-channel-outside = The bot is not in the channel of { $units } ({ $channel }).
doctor-channel-outside-mend = Invite the bot there with /invite.
