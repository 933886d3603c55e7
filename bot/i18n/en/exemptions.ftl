### Exemptions: a team need not bring a task in a round.

exempt-title = Exemptions
exempt-explained = Teams that need not bring a task in { $round }. The team lead files an exemption and the director decides.
exempt-to-decide = Waiting for your decision
exempt-own = My teams' exemptions
exempt-none = No exemption was filed. The team lead can file one.
exempt-more = There are more. Please settle those above first.
exempt-until = until { $until }
exempt-round = until { $round } ends
# $who is a name with post.
exempt-filed = Filed by { $who } { $at }
exempt-decided = Decided by { $who } { $at }
exempt-decider = To be decided by { $who }
exempt-text-example = e.g. Local Accounting Act, article 10: settlement of accounts
exempt-text-hint = For a statutory duty, cite the statute and article; for “other”, say why.
exempt-until-hint = Required for a new unit. Left empty, it lasts until the round ends.
exempt-done-file = The exemption was filed. You will hear when the director has decided.
exempt-done-grant = The exemption was granted.
exempt-done-decline = The exemption was not granted. Whoever filed it will be told why.
exempt-done-end = The exemption was ended. The team will be told.

## Grounds

ground-statutory = Statutory duty
ground-new-unit = New unit
ground-other = Other
ground-explained-statutory = The team does only what the law requires
ground-explained-new-unit = The team is new and has nothing to cut yet
ground-explained-other = The team has another reason

## How one stands

exemption-filed = Waiting for a decision
exemption-granted = Granted
exemption-declined = Not granted
exemption-ended = Ended

## Acts

act-exempt-file = File an exemption
act-exempt-decide = Decide an exemption
act-exempt-grant = Grant an exemption
act-exempt-decline = Decline an exemption
act-exempt-end = End an exemption

## Buttons

button-exempt-panel = See exemptions
button-exempt-file = File an exemption
button-exempt-again = File again
button-exempt-send = File
button-exempt-grant = Grant
button-exempt-decline = Do not grant
button-exempt-end = End the exemption
button-exempt-which = Exemption of { $unit }: { $act }

## Forms (24 characters at most) and their fields

form-exempt-file = File an exemption
form-exempt-decline = Decline the exemption
form-exempt-end = End the exemption
field-exempt-team = Team
field-exempt-ground = Ground
field-exempt-text = Statute and article, or why
field-exempt-until = Last day

## Messages

# $unit is a department and a team.
notice-exemption-filed = { $unit } asks to be exempt.
notice-exemption-waits = { $unit } is waiting to hear whether it is exempt.
notice-exemption-ask = Please decide whether the team need not bring a task in this round. Until then it is not exempt.
notice-exemption-vacant = The director's post is vacant, so nobody can decide. Please name an acting holder.
notice-exemption-decided = The exemption of { $unit }: ‹{ $standing }›.
notice-exemption-ended = The exemption of { $unit } has ended.
notice-exemption-take-part = The team brings a task again. Please propose one in this round.
notice-exemption-next-round = If the team needs an exemption in the next round, please file it again.

## What went wrong and how to mend it

error-exemption-no-round = No round is running or planned, so no exemption can be filed. Please file it once a round opens.
error-exemption-exists = An exemption of this team is filed or granted already. Please check it under “Exemptions”.
error-exemption-ground = Please choose a ground that this round accepts.
error-exemption-article = Please cite the statute and article.
error-exemption-why = Please say why the team should be exempt.
error-exemption-until = Please choose until when the team should be exempt.
error-exemption-decided = This exemption has already been settled. Please check it under “Exemptions”.
error-exemption-settled = This exemption has already been settled. It stands at ‹{ $standing }› by now. ({ $who }, { $at })
error-exemption-over = This exemption has already been settled. It stands at ‹{ $standing }› by now. ({ $at })
error-exemption-still-filed = This exemption is not decided yet. Please grant or decline it first.
error-stale-exemption = Somebody else was faster. Please open “Exemptions” again to see the newest state.

## The word that is understood after /cut, and its line in the help

word-exempt = exempt exemption
help-exempt = `/cut exempt`  files or decides an exemption.
