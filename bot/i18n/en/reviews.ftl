### Reviews: a director's check of a bureau at quarter boundaries.

word-review = review
help-review = `/cut review`  opens the quarterly or half-yearly review of your bureau.

## Periods and cadences

# $nth is 1 to 4.
review-period-quarter = Q{ $nth } { NUMBER($year, useGrouping: 0) }
review-period-half = { $nth ->
    [1] first half of
   *[other] second half of
} { NUMBER($year, useGrouping: 0) }
review-period-other = { $starts } – { $ends }
cadence-quarterly = every quarter
cadence-half-yearly = every half-year

## The message

review-title = { $bureau }: review of { $period }
review-modal-title = Review
review-tasks = { $count ->
    [one] 1 task
   *[other] { $count } tasks
}
# $statuses are those that do not count, such as declined ones.
review-besides = (besides: { $statuses })
review-done = { $count } done in the period
review-overdue = { $count } overdue
# $figure is one of the two lines above.
review-last = { $figure } (last review: { $last })
review-expected = Expected saving: { $hours }
review-reported = Reported saving: { $hours }
review-verified = Verified saving: { $hours }
review-as-of = Figures of { $at }. Expected, reported and verified savings are hours a year and are never added up.
review-nothing-open = Nothing needs your attention. Please press “Sign off”.
review-nothing-left = Nothing needs attention.
review-open = { $count ->
    [one] 1 item needs your attention
   *[other] { $count } items need your attention
}
review-open-capped = At least { $count } items need your attention
review-open-text = You can act on each of them here. What you have acted on leaves the list, and the department head is told.
review-reasons = { $count ->
    [one] 1 task answered with a reason
   *[other] { $count } tasks answered with a reason
}
review-kind-overdue = overdue
review-kind-blocked = past a stage’s date
review-kind-held = past the hold’s date
review-kind-undecided = undecided for 3 days or more
review-kind-ownerless = without an owner
review-kind-missing = without a representative task
review-days-late = { $days ->
    [one] 1 day late
   *[other] { $days } days late
}
review-department-missing = { $department }: no representative task
review-signed = { $who } signed it off on { $at }.
review-signed-left = { $count ->
    [one] 1 item was left without action
   *[other] { $count } items were left without action
}
review-superseded = The next review has opened, so this one has ended.
review-retired = The organisation has changed, so the review of this bureau has ended.
review-passed-on = Somebody else has taken over this review.

## Buttons

button-review-sign = Sign off
button-review-sign-left = Sign off all the same
button-review-extend = Two weeks more
button-review-complete = Done
button-review-reason = Give a reason
button-review-more = See the rest
button-review-open = Open the review
button-review-open-which = Open the review of { $bureau }
# $act is the label of the button.
button-review-what = { $title }: { $act }
button-reviews = Reviews by bureau

## Forms (titles of 24 characters at most)

form-review-sign = Sign off
form-review-reason = Give a reason
review-sign-ask = { $count ->
    [one] 1 item is still open. If you sign off now it is recorded as not acted upon.
   *[other] { $count } items are still open. If you sign off now they are recorded as not acted upon.
}
review-sign-changed = Something has changed meanwhile. Please look at the list again.
review-more-left = And { $count } more.
field-review-reason = Reason
review-reason-hint = The item counts as seen in this review, with this reason.

## Other messages

review-again = The review of { $bureau } for { $period } is waiting.
review-again-text = The review that began on { $opened } is not signed off yet. Open items: { $count }. Please finish it with “Open the review”.
review-copy = The review of { $bureau } for { $period } is not signed off yet.
review-copy-text = { $who } has been asked again. Open items: { $count }. Please help to finish it.
review-copy-unlinked = The review could not be delivered to { $who } in Slack. Open items: { $count }. Please tell them in person.
review-copy-vacant = The director’s post is vacant. Open items: { $count }.
review-preview = A preview of the review of { $bureau } for { $period }.
review-preview-text = The director gets the review on { $opens }. Please put these right before then. Open items: { $count }.
review-preview-nothing = The director gets the review on { $opens }. Nothing has to be put right.
review-vacant = Nobody can receive the review of { $bureau } for { $period }.
review-vacant-text = The director’s post is vacant. Please name an acting holder, who gets the review on the next working day.
review-unlinked-text = No Slack account was found for { $who }. Please check the e-mail address or Slack ID in the organisation file. Once the account is known, the review arrives on the next working day.
reviews-late = { $count ->
    [one] 1 review has not been signed off for ten working days.
   *[other] { $count } reviews have not been signed off for ten working days.
}
# $who is a post and a name.
reviews-late-row = { $period }, opened { $opened }, { $who }
reviews-late-more = And { $count ->
    [one] 1 more bureau
   *[other] { $count } more bureaus
}. “Reviews by bureau” shows all of them.
reviews-late-row-vacant = { $period }, opened { $opened }, post of the director vacant

## Home and the list of reviews

home-reviews = Reviews
home-review = { $bureau }, { $period } · open items: { $count }
reviews-title = Reviews by bureau
reviews-none = There is no review for you to see. It appears once you belong to a bureau.
reviews-next = next review { $opens }
reviews-cadence = reviewed { $cadence }
reviews-row-none = no review yet
reviews-row-open = { $period } under way (opened { $opened })
reviews-row-signed = { $period } signed off ({ $who }, { $at })
reviews-row-superseded = { $period } not signed off
reviews-cadence-set = The cadence is saved.

## Acts

act-review-sign = sign off a review
act-review-opened = review opened
act-review-signed = review signed off
act-review-left = left open at a review
act-review-superseded = review ended without sign-off
act-review-cadence = cadence of reviews

## What went wrong and how to mend it

error-review-signed = This review was signed off on { $at }. Please look at the newest state.
error-review-superseded = The next review has opened or the organisation has changed, so this one has ended. Please look at the newest state.
error-review-not-late = No date of task { task-number } has passed. Please look at the newest state.
error-review-answered = Task { task-number } has been dealt with already. Please look at the newest state.
error-stale-review = Somebody else dealt with the review meanwhile. Please look at the newest state.
