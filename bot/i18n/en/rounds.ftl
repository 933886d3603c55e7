### Rounds and the headquarters' door: the panel, its forms, and what may go wrong there.

word-admin = admin
help-admin = `/cut admin`  opens and closes rounds and shows the coverage.
button-round-open = Open a round
button-round-close = Close the round
button-ballots-all = Open every ballot
button-votes-by = Set the voting day
button-bureau = Departments
button-bureau-which = Departments of { $bureau }

## The panel

admin-title = Manage rounds
rounds-none = No round is open. What is proposed now counts for the next one.
rounds-last = Last round: { $name } ({ $starts } – { $ends })
rounds-running = under way
rounds-planned = not begun
rounds-over = over
rounds-period = { $starts } – { $ends }
rounds-period-open = from { $starts } until it is closed
rounds-votes-by = ballots close { $day }
rounds-votes-by-none = no day yet on which ballots close
rounds-grounds = Grounds of exemption accepted: { $grounds }
rounds-total = All departments: { $percent } ({ $part } of { $whole })
rounds-live = { $count ->
    [one] 1 ballot under way
   *[other] { $count } ballots under way
}
rounds-carried = { $count ->
    [one] 1 task carried over from earlier rounds
   *[other] { $count } tasks carried over from earlier rounds
}
rounds-coverage = Coverage by bureau
rounds-no-bureaus = There are no bureaus yet. Please import the organisation file first.
rounds-share = { $percent } ({ $part } of { $whole } departments)
rounds-missing = without a representative task: { $names }
rounds-close-sure-title = Close the round?
rounds-close-sure = This closes { $name }. { $count ->
    [0] No ballot is under way.
    [one] The ballot under way becomes void.
   *[other] The { $count } ballots under way become void.
} Exemptions end. Tasks under way go on. This cannot be undone.
rounds-opened = { $name } is open.
rounds-closed = { $name } is closed.

## The departments of a bureau

bureau-title = Departments
bureau-no-departments = It has no departments.
department-representative = representative task { $task }
department-exempt = exempt
department-not-yet = no representative task yet
department-missing = without a representative task
department-teams = { $part } of { $whole } teams have a task or are exempt
department-teams-missing = still without: { $names }

## The forms (titles of 24 characters at most)

form-round = Open a round
form-votes-by = Voting day
field-round-name = Name of the round
field-starts-on = First day
field-ends-on = Last day
field-votes-by = Day on which ballots close
field-grounds = Grounds of exemption accepted
round-name-example = e.g. 2026, second round
round-ends-hint = Left blank, it lasts until you close it.
round-votes-hint = Ballots close at 18:00 of that day. A bureau can be given a day of its own.
round-carry-hint = What was proposed between rounds belongs to this one; unfinished tasks of earlier rounds are marked as carried over.
votes-by-hint = Left blank, it is the round's day.

## On a task

line-carried = carried over from { $round }

## In the history

act-round-opened = round opened
act-round-closed = round closed
act-votes-by = voting day

## What may go wrong

error-required-name = Please name the round.
error-required-starts = Please choose the first day.
error-round-ends = Please choose a last day that is not before the first.
error-round-votes = Please choose a voting day from the day after the first day to the last day.
error-round-grounds = Please choose at least one ground of exemption.
error-round-open = There is an open round already. Please close that one first.
error-round-name = There is a round of that name. Please choose another name.
error-round-closed = This round is closed already. Please look at the newest state.
error-stale-round = The round has changed in the meantime. Please look at the newest state.
