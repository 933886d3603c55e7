### What went wrong and how to mend it. These appear in messages and beneath inputs.

## Storing

error-busy = Too many requests are being handled, so nothing was saved. Please try again shortly.
error-not-stored = This was not saved. Please try again.
error-checking = We are checking whether this was saved. The outcome will follow by message.
# These two follow error-checking.
outcome-stored = This was saved. There is no need to send it again.
outcome-unknown = We could not find out whether this was saved. Please check the task.
# $reference finds the entry in the log.
error-unexpected = This did not work. Please try again. If it keeps happening, tell headquarters the reference { $reference }.
error-stale = Somebody else changed this in the meantime. Please check the newest state below.

## Rights

# $who is a unit, a post and a name; $hq names people of headquarters.
error-not-allowed = ‹{ $act }› is up to ‹{ $who }›.
error-refused-vacant = The post that ‹{ $act }› is up to is vacant. Please ask headquarters to name an acting holder. { $hq }
error-not-in-organisation = You are not in the organisation's list yet, so you can only read tasks. Please ask headquarters to add you. { $hq }
error-not-possible = ‹{ $act }› is not possible in the present status ({ $status }).

## Finding

error-not-found-task = There is no task { task-number }. Please check the number.

## Inputs

error-required = Please fill in “{ $label }”.
error-required-title = Please enter a title.
error-required-type = Please choose a type.
error-required-problem = Please say what is wrong today.
error-required-comment = Please say what to revise.
error-required-reason = Please give a reason.
error-required-note = Please enter a progress note.
error-required-opinion = Please enter an opinion.
error-required-evidence = Please enter one line of evidence.
error-required-step = Please describe the step.
error-required-due = Please choose a due date.
error-required-until = Please choose until when to hold it.
error-required-target = Please choose the task to merge into.
error-too-long = This may have { $limit } characters and has { $length }. Please shorten it.
error-number-range = Please enter a number from 0 to { $largest }.
error-date-past = Please choose a date in the future.
error-pick-needs = Please choose what the task needs.
error-pick-owner = Please choose an owner.
error-owner-elsewhere = Please choose an owner from the department in charge of the task.
error-pick-department = Please choose the department in charge.
error-immediate-alone = “Immediate” cannot be combined with other needs. Please keep only one.
error-resident-number = This was not saved because it seems to contain a resident registration number. Please remove it.
error-mobile-number = This was not saved because it seems to contain a mobile phone number. Please remove it.
error-plan-too-long = An action plan has at most { $limit } steps. Please remove some.
error-no-such-step = The steps changed in the meantime. Please check the newest state.
error-merge-self = A task cannot be merged into itself. Please choose another.
error-merge-ended = Task { task-number } has ended and cannot take in others. Please choose another.
error-merge-settled = The merge of task { task-number } has already been settled. Please check its newest state.
error-stale-button = This screen is out of date. Please open it again.
error-whole-number = Please enter a whole number.
