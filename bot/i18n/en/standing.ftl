### Standing in: delegations, acting holders, and the office's days off.

standing-title = Standing in
standing-given = Whom you let act for you
standing-given-none = Nobody acts for you.
standing-taken = For whom you act
standing-acting = Acting holders
standing-acting-none = No acting holder is named.
standing-days-off = The office's days off
standing-days-off-none = There are none besides public holidays.
standing-none = There is nothing about standing in to show you.
standing-more = There are more; they appear as the first ones pass.
standing-days = { $first } to { $last }
standing-from = from { $first }
standing-end-title = End it today?
standing-end-text = The right ends at once. The history keeps a record.
delegate-explained = In that time they decide and review with the same rights. The history shows who did it.
acting-title-example = e.g. Acting head of Roads
acting-unit-hint = Only units whose head, lead or director is missing are listed.
acting-last-hint = Leave it empty to end it yourself.
day-off-hint = On a day off nothing is sent, and it does not count as a working day.
pick-unit = Type a unit's name
standing-done-delegate = Delegated. They will be told.
standing-done-end = It ended today.
standing-done-acting = The acting holder is named and will be told.
standing-done-day-off = { $day } is a day off now.
standing-done-drop = { $day } is a working day again.

## Acts, buttons and forms

act-delegate = Delegate
button-standing = Standing in
button-delegate = Delegate
button-acting = Name an acting holder
button-day-off = Add a day off
button-day-off-drop = Remove
button-day-off-which = Remove the day off { $day }
button-standing-end = End
button-standing-which = End the time of { $who }
form-delegate = Delegate
form-acting = Name an acting holder
form-day-off = Add a day off
field-deputy = Who acts for you
field-first = First day
field-last = Last day
field-acting-unit = Unit with a vacant post
field-acting-title = Title of the acting post
field-acting-person = Acting holder
field-day-off = Day off

## Messages

# $what is a name with post.
notice-delegated = ‹{ $what }› has delegated to you.
# $what is a unit and the title of the acting post.
notice-acting = You are named ‹{ $what }›.

## What went wrong and how to mend it

error-delegate-own = You can delegate only a post of your own as head or director, not one in which you stand in.
error-delegate-whom = Please choose somebody who serves in your bureau.
error-delegate-self = Please choose somebody else.
error-delegate-twice = They act for you in that time already. Please choose other days.
error-standing-from = Please choose the first day.
error-standing-to = Please choose the last day.
error-standing-order = The last day cannot be before the first.
error-standing-long = A delegation may last { $days } days at most.
error-standing-over = This has ended or changed. Please open ‹Standing in› again.
error-acting-unit = Please choose a unit whose post is vacant.
error-acting-held = ‹{ $who }› holds that post. Only a vacant one has an acting holder.
error-acting-whom = Please choose somebody who serves.
error-acting-twice = There is an acting holder in that time. Please end that first or choose other days.
error-required-acting-title = Please enter the title of the acting post.
error-day-off-which = Please choose the day off.
error-day-off-past = Please choose a day from tomorrow on.
error-day-off-already = { $day } is a day off already.
error-day-off-far = Days off can be set until { $last }. Please choose a day by then.
error-day-off-many = { NUMBER($year, useGrouping: 0) } has { $limit } days off already, which is the most a year can have. If one that is still to come is not needed, please remove it first.
