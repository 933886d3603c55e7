### The screens in chat: proposing, one task, its forms, lists, Home and help.

bot-name = Gopbaegi
pick = Choose one
pick-department = Type a department's name
pick-person = Type a name
pick-task = Type a title or a number
replacement-hint = This is the department's representative task. Choose the one that takes its place.
none-yet = not decided

## Buttons

button-submit = Submit
button-submit-anyway = Submit anyway
button-save = Save
button-close = Close
button-yes = Yes
button-no = No
button-open = Open
button-open-which = Open the task “{ $title }”
button-join-which = Join the task “{ $title }”
button-rewrite = Rewrite
button-mend = Change
button-mend-which = Change the milestone { $what }
button-effect = Add the effect
button-take-in = Take it in
button-keep-out = Send it back
button-earlier = Earlier history
button-propose = Propose a task
button-list = List of tasks
button-help = Help
button-go-on = Go on writing
button-first = First page
button-next = Next
button-join = Join
button-edit = Edit
button-withdraw = Withdraw
button-note = Progress note
button-plan = Add a plan step
button-complete = Report completion
button-stopped = Already stopped
button-opinion = Team's opinion
button-assign = Change the owner
button-due = Change the due date
button-confirm = Confirm
button-revise = Ask for revision
button-hold = Put on hold
button-resume = End the hold
button-decline = Decline
button-merge = Merge
button-reopen = Take up again

## Titles of the forms (24 characters at most)

form-edit = Edit the task
form-effect = Expected effect
form-confirm = Confirm the task
form-revise = Ask for revision
form-hold = Put on hold
form-decline = Decline
form-merge = Merge
form-reopen = Take up again
form-note = Progress note
form-opinion = Team's opinion
form-plan = Action plan
form-milestone = Milestone
form-complete = Report completion
form-assign = Change the owner
form-due = Change the due date
form-withdraw = Withdraw

## Proposing

propose-title = Propose a task
propose-title-example = e.g. Abolish the exhibition room's daily log
propose-problem-example = e.g. It is written by hand every day and nobody reads it.
propose-needs-hint = Leave it blank if you don't know. It is settled when the task is confirmed.
propose-department-example = Type a department's name
propose-department-hint = Only when another department does this work.
propose-later = You can add the rest after submitting. What you type is kept as a draft.
propose-draft-found = This is what you had begun to write.
propose-draft-discard = Start anew
propose-draft-gone = This was submitted or discarded already. Start again with /cut.
similar-title = Similar tasks exist
similar-found = { $count ->
    [one] There is a similar task. If it is the same work, please join it.
   *[other] There are { NUMBER($count, useGrouping: 0) } similar tasks. If one is the same work, please join it.
}
similar-or = If it is other work, press ‹Submit anyway›; to change what you wrote, ‹Rewrite›.
receipt = Task { task-number } was submitted.
receipt-next = { $who } decides on it next.
receipt-next-vacant = The department that does the work decides on it next.
receipt-channel = Its card appears in { $channel }.
joined = You are now a co-proposer of task { task-number }.

## One task

task-title = Task { task-number }
# $named is the first of several tasks.
line-and-more = { $named } and { NUMBER($count, useGrouping: 0) } more
line-due = due { $due }
line-hold-until = on hold until { $until }
line-hours = { $hours } a year
basis = { $per_year } times a year × { $minutes } minutes × { $people } people
field-place = Department
field-remark = Remark on the decision
field-source = Proposed from
field-history = History
field-milestones = Milestones
field-plan = Action plan
field-plan-one-team = Action plan · one team
field-why = Reason
field-done = Progress
field-milestone-note = Note
field-reported-hours = Hours a year reported as saved
field-reported-budget = Budget reported as saved
field-reported-budget-entered = Budget saved to report (thousand won)
field-budget-saved = Budget saved
one-team = one team
evidence-stopped = stopped at once
evidence-example = e.g. A notice to the department ended it on 1 July
milestone-done = This milestone is done
stage-due = { $name } · { $day }
stage-done = { $name } · done { $day }
step-done = Mark as done
step-undo = Not done after all
step-edit = Change
step-remove = Remove
merging-asked = Somebody asks to merge the task below into this one.
merging-waits = The department of task { task-number } is asked to take this one in.
merging-replaces = Once it does, task { task-number } is the representative task of { $department } instead.
merge-hint = Another department has to agree before its task takes this one in.
confirm-needs-hint = With ‹immediate› the work starts as soon as it is confirmed.
confirm-due-hint = Left blank, it follows from what the task needs.
complete-later-hint = This can follow later.
effect-explained = Hours saved a year are times × minutes × people ÷ 60.
stopped-sure-title = Record it as done?
stopped-sure = If this work has stopped already, it is recorded as done.
stale-newest = *What it says now*
saved-act = ‹{ $act }› is done.
history-change = { $field }: { $before } → { $after }
change-status = status
change-due = due
change-owner = owner
change-hold-until = on hold until
change-type = type
change-title = title

## The card in the department's channel

card-text = { $task } { $title } · { $status }
card-proposer = proposed by { $name }
card-joined = { $count ->
    [one] 1 co-proposer
   *[other] { NUMBER($count, useGrouping: 0) } co-proposers
}
card-owner = owner { $name }
card-thread = Please discuss it in this message's thread.

## Lists

list-found = Search for “{ $words }”
list-fuzzy = Nothing matches exactly; these are the nearest.
list-none = There is no such task. Propose the first one with /cut.
list-none-found = Nothing was found. Please try other words.
list-any-status = Any status
list-scope = Whose tasks
list-page = page { NUMBER($page, useGrouping: 0) }

## Home

welcome-title = Less work, twice the innovation
welcome-text =
    Propose in a line which work should stop, shrink or change.
    When the head confirms it, it gets an owner and a date, and its progress is seen here.
    There is no report to write.
stranger-text = You are not in the organisation's list yet and can only read. Please ask those named below to add you.
# Told to people of another organisation's workspace, who see nothing else.
outsider-text = Gopbaegi is for people of its own Slack workspace only. Please ask the person you work with there about anything you need.
home-draft = You had begun to write a task.
home-to-decide = Waiting for your decision
home-to-take-in = Asked to be merged into yours
home-to-revise = To be revised
home-due = Due soon or overdue
home-mine = My tasks
home-more = There are more: see ‹List of tasks›.
home-hearing = News about my tasks
home-language = Language
home-ask = Questions: { $who }
home-ask-nobody = No headquarters is set yet. Please ask your administrator.
language-ko = 한국어
language-en = English

## Help

help-title = How to use Gopbaegi
help-unknown = “{ $text }” alone does not say what to do. Here is what you can type.
help-propose = `/cut`  opens the form to propose a task.
help-title-given = `/cut Abolish the daily log`  opens it with that title.
help-list = `/cut list`  lists tasks; `/cut list dept in-progress` narrows it down.
help-find = `/cut find exhibition`  finds tasks.
help-show = `/cut show 12`  shows one task with its history.
help-update = `/cut update 12`  changes a task.
help-help = `/cut help`  shows this.
help-else = You can also choose ‹과제로 제안› in a message's ⋯ menu.
usage-find = Please add what to look for, e.g. `/cut find exhibition`
usage-show = Please add the task's number, e.g. `/cut show 12`
usage-update = Please add the task's number, e.g. `/cut update 12`

## Words that are understood after /cut, the first is the one shown

word-list = list ls
word-find = find search
word-show = show
word-update = update edit
word-help = help
word-scope-mine = mine
word-scope-team = team
word-scope-dept = dept department
word-scope-bureau = bureau
word-scope-all = all
word-status-submitted = submitted
word-status-revision-requested = revision revision-requested
word-status-confirmed = confirmed
word-status-in-progress = in-progress progress
word-status-on-hold = on-hold hold
word-status-done = done
word-status-declined = declined
word-status-withdrawn = withdrawn
word-status-merged = merged
word-status-overdue = overdue
list-title = List of tasks
act-refused = refused attempt
act-handed-over = handed over
act-import = organisation imported
