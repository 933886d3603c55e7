### Ballots: in the channel, to voters and heads, their forms, and what may go wrong.

## Words

word-ballot = ballot
help-ballot = `/cut ballot`  your department's ballot and coverage.
act-ballot-open = Open the ballot
act-ballot-close = Close the ballot
act-ballot-settle = Settle the representative task
act-ballot-override = Change the representative task
# Only in the history.
act-ballot-void = Ballot void
act-represent = Made the representative task
act-represent-no-more = No longer the representative task

ballot-state-posting = Being prepared
ballot-state-open = Open
ballot-state-counting = Being counted
ballot-state-asking = Votes being clarified
ballot-state-tied = Tie
ballot-state-decided = Decided
ballot-state-empty = No candidates
ballot-state-void = Void

ballot-mode-open = Open ballot
ballot-mode-secret = Secret ballot

# What made a task the representative one.
rule-votes = It has the most votes.
rule-tie-head = There was a tie, and whoever decides here chose it.
rule-tie-hours = There was a tie, and it has more annual hours.
rule-tie-earlier = There was a tie with equal annual hours, and it was submitted earlier.
rule-lone = It was the only candidate and stood at closing.
rule-lone-head = It was the only candidate, and whoever decides here settled it.
rule-override = It was set apart from the vote, with a reason.
rule-replaced = It replaces the former representative task.

## The ballot's message in the channel

ballot-title = { $round } { $department }: ballot on the representative task
ballot-rule-open =
    One person has one vote. A 👍 of any skin tone is the same vote, and the newest one counts.
    In a tie the head chooses; without a choice by the next working day, more annual hours decide, then the earlier submission.
ballot-rule-secret =
    One person has one vote, which can be changed until closing. Tallies are shown after closing.
    In a tie the head chooses; without a choice by the next working day, more annual hours decide, then the earlier submission.
ballot-note = This may differ from the 👍 you see (one person, one vote).
ballot-closes = closes { $closes }
ballot-electors = { $electors ->
    [one] 1 elector
   *[other] { NUMBER($electors, useGrouping: 0) } electors
}
# $percent is a share in words.
ballot-turnout = { NUMBER($turnout, useGrouping: 0) }/{ NUMBER($electors, useGrouping: 0) } voted (turnout { $percent })
ballot-posting = The candidates are being posted. Voting starts when all are there.
ballot-how-open = Voting is open. Press 👍 on a candidate's message in the channel.
ballot-how-secret = Voting is open. Press ‹Vote›.
ballot-counting = The ballot is closed and being counted.
ballot-asking = Those with a 👍 on several candidates are asked which one they mean. They can answer until { $until }.
# $who is a unit, a post and a name.
ballot-tied = There is a tie. { $who } chooses by { $until }.
ballot-tied-vacant = There is a tie. The rule decides at { $until }.
ballot-decided = The representative task is { $task } “{ $title }”.
ballot-empty = Representative task: none yet. The ballot ended without any candidate.
# $reason is one of ballot-void-….
ballot-void = This ballot is void. { $reason }
ballot-void-again = It can be opened again.
ballot-void-deleted = Its message was deleted.
ballot-void-archived = Its channel was archived.
ballot-void-removed = The bot was removed from its channel.
ballot-void-unposted = Not all of its messages could be posted before it closed.
ballot-void-round = The round ended before it did.
ballot-line = { $position }. { $title } — { $votes ->
    [one] 1 vote
   *[other] { NUMBER($votes, useGrouping: 0) } votes
}
ballot-line-out = { $position }. { $title } — no longer a candidate
ballot-words = candidate { $position } { $title }, { $votes ->
    [one] 1 vote
   *[other] { NUMBER($votes, useGrouping: 0) } votes
}
ballot-representative = Representative task
ballot-recounted = Recounted from Slack's reactions at { $at }.
ballot-recounted-same = Recounted from Slack's reactions at { $at }: no differences.
ballot-recounted-differs = These reactions changed in the recount:
ballot-difference-added = { $name }, { $task } “{ $title }”: added
ballot-difference-removed = { $name }, { $task } “{ $title }”: removed
ballot-more = There are { NUMBER($count, useGrouping: 0) } more.

## A candidate's message

ballot-candidate = Candidate { $position } · { $task } { $title }
ballot-candidate-open = A 👍 on this message is a vote. The one that the bot put here does not count.
ballot-candidate-secret = Please vote with ‹Vote›. Reactions here do not count.
ballot-candidate-closed = The ballot is closed.
ballot-candidate-void = This ballot is void.
ballot-candidate-votes = { $votes ->
    [one] 1 vote
   *[other] { NUMBER($votes, useGrouping: 0) } votes
}
ballot-candidate-out = Withdrawn or merged, so no longer a candidate. Votes for it move to each voter's next 👍 that still stands.
ballot-candidate-out-secret = Withdrawn or merged, so no longer a candidate. If you voted for it, please vote again before closing.
ballot-candidate-out-ended = Withdrawn or merged, so no longer a candidate.

## The result

ballot-result = { $round } { $department }: result of the ballot on the representative task
ballot-override = The representative task of { $department } was changed.
ballot-override-by = decided by { $who }

## To voters

# The vote that counts now: $position is the candidate's.
ballot-mine = Your vote: { $position }. “{ $title }”
ballot-mine-none = You have no vote now.
ballot-voted = You have voted.
ballot-not-voted = You have not voted yet.
ballot-may-change = You can change it until { $closes }.
ballot-may-vote = You can vote until { $closes }.
ballot-outsider-head = In the ballot of { $department } the head settles ties. Your reaction does not count.
ballot-outsider-newcomer = You can vote in { $department } from the next round. Electors are those who were there when the ballot opened, so your reaction does not count.
ballot-outsider-outsider = You are not an elector of { $department }, so your reaction does not count. Please vote in your own department.
ballot-reminder = You have not voted yet. The ballot closes { $closes }.
# $channel is a link to the channel.
ballot-reminder-where = Please press 👍 on a candidate's message in { $channel }.
ballot-reminder-secret = Please press ‹Vote› below, or on the ballot's message in { $channel }.
ballot-which = Which task is your vote for?
ballot-which-text = Your 👍 is on several candidates, and which came last is not known. Please choose one by { $until }; otherwise this vote does not count.

## To heads

ballot-tie = The ballot of { $department } ended in a tie.
ballot-tie-text = Please choose the representative task below by { $until }. Without a choice by then, more annual hours decide, then the earlier submission.
ballot-lone = The ballot of { $department } has a single candidate.
ballot-lone-text = Please settle the task below as the representative one. If you leave it, it becomes that when the ballot closes at { $closes }.
ballot-none = { $department } has no candidate for its representative task yet.
ballot-none-text = Nothing was proposed in this round, so no ballot can be opened. Please propose a task, or ask the teams to.
# $channel is a link to the channel.
ballot-lost = The ballot of { $department } cannot go on.
ballot-lost-text = The bot cannot post in { $channel }. Please invite it there with “/invite @곱빼기”; then the ballot goes on.
ballot-void-told = The ballot of { $department } has become void.
ballot-mend-deleted = Please open the ballot again.
ballot-mend-archived = Please restore the channel, or ask headquarters to enter a new one, and open the ballot again.
ballot-mend-removed = Please invite the bot there with “/invite @곱빼기” and open the ballot again.
ballot-mend-unposted = Please see that the bot is in the channel, and open the ballot again.
ballot-mend-round = Please open a ballot when the next round has begun.

## Buttons

button-ballot-vote = Vote
button-ballot-vote-which = Vote in the ballot of { $department }
button-ballot-panel = See the ballot
button-ballot-panel-which = See the ballot of { $department }
button-ballot-which = This one
button-ballot-which-what = Vote for “{ $title }”
button-ballot-settle = Choose this one
button-ballot-settle-what = Make “{ $title }” the representative task
button-ballot-open = Open the ballot
button-ballot-close = Close now
button-ballot-override = Change the result

## The door: one department in the round

ballot-panel-title = Representative task
ballot-no-round = There is no round now. What is proposed counts for the next one.
ballot-planned = { $round }: begins { $starts }
ballot-no-ballot = No ballot is open.
ballot-would-stand = Tasks that would be candidates if a ballot opened now: { NUMBER($count, useGrouping: 0) }
ballot-would-stand-capped = Tasks that would be candidates if a ballot opened now: more than { NUMBER($count, useGrouping: 0) }
ballot-why = Reason: { $reason }
# Shares such as 3/5 with their percentage.
ballot-coverage-teams = Teams with a task or exempt: { NUMBER($part, useGrouping: 0) }/{ NUMBER($whole, useGrouping: 0) } ({ $percent })
ballot-coverage-missing-teams = Teams that have brought nothing yet: { $names }
ballot-coverage-departments = { $unit }: departments with a representative task or exempt: { NUMBER($part, useGrouping: 0) }/{ NUMBER($whole, useGrouping: 0) } ({ $percent })
ballot-coverage-missing-departments = Departments without a representative task: { $names }
ballot-coverage-bureau-line = { $unit } { NUMBER($part, useGrouping: 0) }/{ NUMBER($whole, useGrouping: 0) } ({ $percent })
ballot-coverage-bureaus = Coverage by bureau (departments)

## Forms (titles of 24 characters at most)

form-ballot-open = Open the ballot
form-ballot-open-all = Open every ballot
form-ballot-vote = Vote
form-ballot-close = Close the ballot
form-ballot-override = Change the result
field-ballot-day = Closing day
field-ballot-hour = Closing time
field-ballot-mode = Way of voting
field-ballot-candidate = Candidate
field-ballot-task = New representative task
field-ballot-sure = Confirmation
ballot-mode-open-what = Votes are 👍 on the candidates' messages; tallies are seen at once.
ballot-mode-secret-what = Votes are given with a button; tallies are shown after closing.
ballot-mode-fixed = This cannot be changed once the ballot is open.
ballot-mode-few = A secret ballot needs at least { $least } electors.
# $channel is a link to the channel.
ballot-posted-in = { $count ->
    [one] The ballot and its one candidate will be posted in { $channel }.
   *[other] The ballot and its { NUMBER($count, useGrouping: 0) } candidates will be posted in { $channel }.
}
ballot-outside-unknown = Which electors are outside the channel could not be found out now.
ballot-outside-none = All electors are in the channel.
ballot-outside = Electors outside the channel ({ NUMBER($count, useGrouping: 0) }): { $names }
ballot-names-more = { $names } and { NUMBER($count, useGrouping: 0) } more
ballot-units-more = { $names } and { NUMBER($count, useGrouping: 0) } more
ballot-all-posts = { $channels ->
    [one] This opens the ballots of { $round } in all departments and posts in one channel.
   *[other] This opens the ballots of { $round } in all departments and posts in { NUMBER($channels, useGrouping: 0) } channels.
}
ballot-all-mode = All of them are open ballots.
ballot-all-sure = { $channels ->
    [one] I know that this posts in one channel
   *[other] I know that this posts in { NUMBER($channels, useGrouping: 0) } channels
}
ballot-all-no-candidates = Not opened because there is no candidate: { $names }
ballot-all-no-channel = Not opened because there is no channel: { $names }
ballot-secret-text = Your choice is not stored with your name. Tallies are shown after closing.
ballot-choice = { $position }. { $title }
ballot-none-left = No candidate is left.
ballot-voted-now = You have voted. You can change your vote until closing.
ballot-close-text = This closes the ballot earlier than announced. It cannot be undone.
ballot-override-text = The new representative task and the reason are shown in the department's channel.

## Home

home-round = This round
home-to-settle = Ballots that wait for your decision
home-to-settle-tied = { $department }: there is a tie. Please choose the representative task.
home-to-settle-lone = { $department }: there is a single candidate. Please settle it as the representative task.
home-exemptions = { $count ->
    [one] One exemption waits for your decision.
   *[other] { NUMBER($count, useGrouping: 0) } exemptions wait for your decision.
}
home-see-exemptions = See exemptions
home-see-rounds = Manage rounds

## What went wrong

error-ballot-day-off = That is not a working day. Please choose one.
error-ballot-hour = Please choose a closing time from 10:00 to 18:00.
error-ballot-soon = That leaves too little time to vote. Please choose the next working day or a later one.
error-ballot-no-candidates = There is no task that could be a candidate. Please propose one in this round first.
error-ballot-many = { NUMBER($count, useGrouping: 0) } tasks would be candidates. Please merge similar ones until there are at most { $limit }.
error-ballot-few = A secret ballot needs at least { $least } electors and there are { $electors }. Please choose an open ballot.
error-ballot-open = A ballot is under way already. Please try again when it has ended.
error-ballot-no-round = There is no round now. Please try again when one has begun.
error-ballot-no-channel = The department has no channel to post the ballot in. Please ask headquarters to enter one.
error-ballot-over = This ballot is closed. Please see its result in the ballot's screen.
error-ballot-not-elector = You are not an elector of this ballot. Electors are the department's staff when it opened; the head settles ties.
error-ballot-not-secret = This is an open ballot. Please press 👍 on a candidate's message in the channel.
error-ballot-not-tied = There is nothing to settle now. Please open the ballot's screen again.
error-ballot-not-candidate = That task is not a candidate now. Please choose another.
error-ballot-reason = Headquarters has to say why. Please give a reason.
error-stale-ballot = The ballot changed in the meantime. Please open its screen again.
error-representative-exists = The representative task is settled already. To change it, use ‹Change the result›.
error-representative-replacement = This is the representative task. Please choose the one that replaces it.
error-representative-only = There is no task to replace it. Please propose another in this round first.
ballot-opened = The ballot is open. Its candidates will appear in the channel in a moment.
ballot-opened-all = { NUMBER($count, useGrouping: 0) } ballots are open. Their candidates are posted one channel after the other.
ballot-closed-now = The ballot is closed. The result will be posted in the channel once it is counted.
ballot-settled = Task { task-number } is the representative task now.
ballot-answered = Thank you. Your vote counts for the task you chose.
ballot-overridden = The representative task was changed. The channel is told, with the reason.
ballot-all-too-many = Left out because they have more than 25 candidates: { $names }
error-ballot-choose = Choose the task you vote for.
error-ballot-day = Choose the day the ballot closes.
error-ballot-nothing = No department's ballot can be opened now. Check that there are candidates and channels.
error-ballot-same = It is the representative task already. Choose another one.
error-ballot-not-decided = There is no result to change yet. Try again when the ballot has ended.
error-ballot-no-department = You belong to no department. Open a department's ballot from Home.
error-ballot-no-secret = No secret is set for secret ballots. Choose an open ballot, or ask headquarters to have BALLOT_SECRET set.
error-ballot-late = That is too late. Choose a day before the round ends, three months away at most.
error-ballot-posting = The candidates are still being posted. Try again when they are all there.
error-ballot-secret-early = A secret ballot can be closed early once { $least } have voted. With fewer, it would show who chose what.
error-ballot-other-secret = The secret of secret ballots is not the one this ballot began with, so votes cannot be taken now. Ask headquarters to check BALLOT_SECRET.
error-representative-merging = Task { task-number } is its department's representative task. Please merge it once its head has named another one.
button-see-task = See the task
