### Really saved, really gone: what is asked about completed tasks.

checks = { $count ->
    [one] There is 1 task for you to check.
   *[other] There are { NUMBER($count, useGrouping: 0) } tasks for you to check.
}
checks-title = Completed tasks
checks-saved = *Really saved* A quarter has passed since completion. Please confirm the hours and budget really saved a year.
checks-stays = *Stays cut* Has the work come back? If it has, the task is taken up again.
checks-more = There are { NUMBER($count, useGrouping: 0) } more.
checks-none = No task waits for you to check it.
checks-thanks = You have checked them all. Thank you.
check-done = Completed { $at }
check-saved = Really saved
check-stays-6 = Stays-cut check after 6 months
check-stays-12 = Stays-cut check after 12 months
# $figures are hours, a budget or both.
check-expected = Expected { $figures }
check-reported = Reported { $figures }
check-done-planned = The saving is verified. ({ task-number })
check-done-gone = Noted: the work has not come back. ({ task-number })

## The three figures, never added

line-expected = Expected { $hours }
line-reported = Reported { $hours }
line-verified = Verified { $hours }
field-expected-hours = Hours a year expected to be saved
field-expected-budget = Budget expected to be saved
field-verified-hours = Hours a year verified as saved
field-verified-budget = Budget verified as saved
field-verified-hours-entered = Hours a year really saved
field-verified-budget-entered = Budget really saved (thousand won)

## Acts, buttons and forms

act-verify = Verify the saving
act-came-back = Report that it came back
act-stays-gone = Confirm that it stays cut
button-checks = Check them
button-as-planned = As planned ({ $figures })
# Where only one of the two figures was reported: the other is the expected one.
button-as-known = As reported and planned ({ $figures })
button-as-reported = As reported ({ $figures })
button-verify = Enter the saving
button-came-back = It came back
button-gone = No
button-back = Yes, it came back
# $act is the label of the button.
button-check-which = { $title }: { $act }
form-verify = Really saved
form-came-back = What came back
field-came-back = What has come back?
came-back-hint = The task is taken up again, and what you write stays in its history.
verify-hint = One of them is enough. If nothing was saved, enter 0.

## What went wrong and how to mend it

error-verify-nothing = Please enter the hours or the budget really saved.
error-verify-early = The saving can be verified from { $day } on, a quarter after completion.
error-check-answered = { task-number } has been checked already. Please open it to see the newest state.
error-check-over = { task-number } was taken up again, so there is nothing to check.
