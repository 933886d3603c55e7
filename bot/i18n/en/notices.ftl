### Messages to one person, written when they are sent.

notice-news = { NUMBER($count, useGrouping: 0) ->
    [one] There is 1 update on your tasks.
   *[other] There are { NUMBER($count, useGrouping: 0) } updates on your tasks.
}
# $who is a name with post, $act the name of an act.
notice-did = { $who }: ‹{ $act }›
notice-done = ‹{ $act }›
notice-more = There are { NUMBER($count, useGrouping: 0) } more. Your Home tab shows them.
notice-handed-over = { NUMBER($count, useGrouping: 0) ->
    [one] One task needs a new owner.
   *[other] { NUMBER($count, useGrouping: 0) } tasks need a new owner.
}
notice-handed-over-text = { $who } changed posts, so you own the tasks below for now. Please open each and choose its new owner.
notice-merge-asked = Another department asks to merge a task.
notice-merge-text = The task below is to be merged into task { task-number } “{ $title }”. Please decide whether to take it in.
notice-waiting = { NUMBER($count, useGrouping: 0) ->
    [one] One task waits for your decision.
   *[other] { NUMBER($count, useGrouping: 0) } tasks wait for your decision.
}
notice-waiting-text = These have waited for three working days or more; the hold of those on hold has run out. Please open each and confirm, ask for a revision, hold or decline it.
notice-waiting-merges = Other departments ask to merge these into yours. Please decide whether to take them in.

## To headquarters

# $kind and $reason are codes.
notice-undelivered = A notice could not be sent. Please tell the administrator. ({ $kind }, { $reason })
# $channel is a link to the channel.
undelivered-title = { $many ->
    [one] One message could not be sent.
   *[other] { $many } messages could not be sent.
}
undelivered-text = Slack does not take them; they are sent again each hour. Please tell the administrator.
undelivered-line = { $kind }, { $reason }: { $many }
notice-channel-lost-title = Cards cannot be posted in the channel of { $unit }.
notice-channel-lost = Cards of { $unit } cannot be posted in { $channel }. If the channel exists, please invite 곱빼기 there with “/invite @곱빼기”; if it is gone, please enter the new one in the organisation file.
