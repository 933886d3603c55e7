### Messages to one person, written when they are sent.

notice-news = 과제 소식이 { NUMBER($count, useGrouping: 0) }건 있습니다.
# $who is a name with post, $act the name of an act.
notice-did = ‹{ $who }›님이 ‹{ $act }› 처리하셨습니다.
notice-done = ‹{ $act }› 처리되었습니다.
notice-more = 이 밖에 { NUMBER($count, useGrouping: 0) }건이 더 있습니다. 홈에서 보실 수 있습니다.
notice-handed-over = 담당자를 다시 정할 과제가 { NUMBER($count, useGrouping: 0) }건 있습니다.
notice-handed-over-text = { $who }님의 자리가 바뀌어 아래 과제를 임시로 맡으셨습니다. 과제를 열어 새 담당자를 정해 주시기 바랍니다.
notice-merge-asked = 다른 부서에서 과제 병합을 요청했습니다.
notice-merge-text = 아래 과제를 { task-number } 과제 『{ $title }』에 합치려고 합니다. 받아들일지 정해 주시기 바랍니다.
notice-waiting = 결정을 기다리는 과제가 { NUMBER($count, useGrouping: 0) }건 있습니다.
notice-waiting-text = 근무일로 사흘이 지나도록 결정을 기다린 과제입니다. 보류한 과제는 보류 기한이 지났습니다. 과제를 열어 확정, 보완 요청, 보류, 반려 가운데 하나로 결정해 주시기 바랍니다.
notice-waiting-merges = 다른 부서에서 병합을 요청한 과제입니다. 받아들일지 정해 주시기 바랍니다.

## To headquarters

# $kind and $reason are codes.
notice-undelivered = 보내지 못한 알림이 있습니다. 관리자에게 알려 주시기 바랍니다. ({ $kind }, { $reason })
undelivered-title = 보내지 못한 메시지가 { NUMBER($many, useGrouping: 0) }건 있습니다.
undelivered-text = Slack에서 받지 않아 한 시간마다 다시 보내고 있습니다. 관리자에게 알려 주시기 바랍니다.
undelivered-line = { $kind }, { $reason }: { NUMBER($many, useGrouping: 0) }건
# $channel is a link to the channel.
notice-channel-lost-title = { $unit } 채널에 카드를 올리지 못하고 있습니다.
notice-channel-lost = { $unit }의 { $channel } 채널에 카드를 올리지 못하고 있습니다. 채널이 있으면 그 채널에서 ‘/invite @곱빼기’로 초대해 주시고, 없어졌으면 조직 명단에 새 채널을 적어 주시기 바랍니다.
