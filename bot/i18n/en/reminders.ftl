### Reminders of dates: one message a person a working day.

reminders = { $count ->
    [one] There is { NUMBER($count, useGrouping: 0) } deadline for you to keep.
   *[other] There are { NUMBER($count, useGrouping: 0) } deadlines for you to keep.
}
reminders-of-others = { $count ->
    [one] There is { NUMBER($count, useGrouping: 0) } deadline of others for you to look into.
   *[other] There are { NUMBER($count, useGrouping: 0) } deadlines of others for you to look into.
}
reminders-lead = For you to look into
reminders-lead-text = These are long overdue, or their owner is gone. Please set another owner or date.
reminders-more = { NUMBER($count, useGrouping: 0) } more will follow in parts, from the next working morning on.
reminder-due = due { $due }
reminder-left = { $days ->
    [0] today
    [one] { NUMBER($days, useGrouping: 0) } day left
   *[other] { NUMBER($days, useGrouping: 0) } days left
}
reminder-late = { $days ->
    [one] { NUMBER($days, useGrouping: 0) } day late
   *[other] { NUMBER($days, useGrouping: 0) } days late
}
reminder-again = Remind me again
reminder-again-in = { $days ->
    [one] In { NUMBER($days, useGrouping: 0) } day
   *[other] In { NUMBER($days, useGrouping: 0) } days
}
reminder-snoozed = You will be reminded again on { $day }.

## What is due

dated-task = Task
dated-milestone = Milestone
dated-step = Action plan

## How often, in Home

home-reminding = Reminders of my dates
reminding-daily = Every morning
reminding-weekly = Once a week
reminding-overdue = Only of what is overdue

## What went wrong and how to mend it

error-reminder-over = This date was kept or changed meanwhile, so there is no reminder to move. Please open the task to see its newest state.
