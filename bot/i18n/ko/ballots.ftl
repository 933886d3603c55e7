### Ballots: in the channel, to voters and heads, their forms, and what may go wrong.

## Words

word-ballot = 투표
help-ballot = `/cut 투표`  우리 과의 대표 과제 투표와 제출 현황을 봅니다.
act-ballot-open = 투표 열기
act-ballot-close = 투표 마감
act-ballot-settle = 대표 과제 확정
act-ballot-override = 대표 과제 변경
# Only in the history.
act-ballot-void = 투표 무효
act-represent = 대표 과제 선정
act-represent-no-more = 대표 과제 해제

ballot-state-posting = 준비 중
ballot-state-open = 투표 중
ballot-state-counting = 집계 중
ballot-state-asking = 표 확인 중
ballot-state-tied = 동수
ballot-state-decided = 결과 확정
ballot-state-empty = 후보 없음
ballot-state-void = 무효

ballot-mode-open = 공개 투표
ballot-mode-secret = 비밀 투표

# What made a task the representative one.
rule-votes = 가장 많은 표를 얻어 정해졌습니다.
rule-tie-head = 동수여서 결정권자가 정했습니다.
rule-tie-hours = 동수여서 연간 절감 시간이 더 많은 과제로 정해졌습니다.
rule-tie-earlier = 동수이고 연간 절감 시간도 같아 먼저 제출된 과제로 정해졌습니다.
rule-lone = 후보가 하나여서 마감과 함께 정해졌습니다.
rule-lone-head = 후보가 하나여서 결정권자가 확정했습니다.
rule-override = 투표 결과와 별도로 사유를 밝혀 정했습니다.
rule-replaced = 앞선 대표 과제를 대체하여 정했습니다.

## The ballot's message in the channel

ballot-title = { $round } { $department } 대표 과제 투표
ballot-rule-open =
    한 사람이 한 표입니다. 👍는 피부색과 관계없이 같은 표이며, 가장 나중에 누른 👍가 집계됩니다.
    동수이면 부서장이 정합니다. 다음 근무일까지 정하지 않으면 연간 절감 시간이 많은 과제, 그마저 같으면 먼저 제출된 과제로 정해집니다.
ballot-rule-secret =
    한 사람이 한 표이며, 마감까지 바꿀 수 있습니다. 득표수는 마감 뒤에 공개됩니다.
    동수이면 부서장이 정합니다. 다음 근무일까지 정하지 않으면 연간 절감 시간이 많은 과제, 그마저 같으면 먼저 제출된 과제로 정해집니다.
ballot-note = 화면의 👍 수와 다를 수 있습니다(1인 1표).
ballot-closes = { $closes } 마감
ballot-electors = 선거인 { NUMBER($electors, useGrouping: 0) }명
# $percent is a share in words.
ballot-turnout = 투표 { NUMBER($turnout, useGrouping: 0) }/{ NUMBER($electors, useGrouping: 0) }명(투표율 { $percent })
ballot-posting = 후보를 올리고 있습니다. 모두 올라오면 투표가 시작됩니다.
ballot-how-open = 투표 중입니다. 채널의 후보 메시지에 👍를 눌러 투표해 주세요.
ballot-how-secret = 투표 중입니다. ‹투표하기›를 눌러 투표해 주세요.
ballot-counting = 투표가 마감되어 집계하고 있습니다.
ballot-asking = 여러 후보에 👍를 누르신 분께 어느 과제인지 여쭙고 있습니다. { $until }까지 답을 기다립니다.
# $who is a unit, a post and a name.
ballot-tied = 동수입니다. ‹{ $who }›님이 { $until }까지 정합니다.
ballot-tied-vacant = 동수입니다. { $until }에 규칙에 따라 정해집니다.
ballot-decided = 대표 과제는 { $task } 『{ $title }』입니다.
ballot-empty = 대표 과제: 아직 없음. 후보가 남지 않아 투표를 마쳤습니다.
# $reason is one of ballot-void-….
ballot-void = 이 투표는 무효입니다. { $reason }
ballot-void-again = 투표는 다시 열 수 있습니다.
ballot-void-deleted = 투표 메시지가 삭제되었습니다.
ballot-void-archived = 투표하던 채널이 보관되었습니다.
ballot-void-removed = 곱빼기가 투표하던 채널에서 제외되었습니다.
ballot-void-unposted = 마감 시각까지 투표 메시지를 모두 올리지 못했습니다.
ballot-void-round = 투표가 끝나기 전에 회차가 마감되었습니다.
ballot-line = { $position }. { $title } — { NUMBER($votes, useGrouping: 0) }표
ballot-line-out = { $position }. { $title } — 후보에서 빠짐
ballot-words = 후보 { $position }번 { $title }, { NUMBER($votes, useGrouping: 0) }표
ballot-representative = 대표 과제
ballot-recounted = { $at }에 후보 메시지의 반응을 재집계했습니다.
ballot-recounted-same = { $at }에 후보 메시지의 반응을 재집계했으며, 차이가 없었습니다.
ballot-recounted-differs = 재집계에서 달라진 반응은 아래와 같습니다.
ballot-difference-added = ‹{ $name }›님, { $task } 『{ $title }』: 더해짐
ballot-difference-removed = ‹{ $name }›님, { $task } 『{ $title }』: 빠짐
ballot-more = 이 밖에 { NUMBER($count, useGrouping: 0) }건이 더 있습니다.

## A candidate's message

ballot-candidate = 후보 { $position }번 · { $task } { $title }
ballot-candidate-open = 이 메시지의 👍가 표입니다. 곱빼기가 미리 눌러 둔 👍는 집계되지 않습니다.
ballot-candidate-secret = ‹투표하기›를 눌러 투표해 주세요. 이 메시지의 반응은 집계되지 않습니다.
ballot-candidate-closed = 투표가 마감되었습니다.
ballot-candidate-void = 이 투표는 무효입니다.
ballot-candidate-votes = { NUMBER($votes, useGrouping: 0) }표
ballot-candidate-out = 철회·병합되어 후보에서 빠졌습니다. 이 과제에 투표하신 분은 다른 후보에 누르신 👍 가운데 가장 나중 것이 집계됩니다.
ballot-candidate-out-secret = 철회·병합되어 후보에서 빠졌습니다. 이 과제에 투표하셨다면 마감 전에 다시 투표해 주세요.
ballot-candidate-out-ended = 철회·병합되어 후보에서 빠졌습니다.

## The result

ballot-result = { $round } { $department } 대표 과제 투표 결과
ballot-override = { $department }의 대표 과제가 변경되었습니다.
ballot-override-by = { $who } 결정

## To voters

# The vote that counts now: $position is the candidate's.
ballot-mine = 내 투표: { $position }번 『{ $title }』
ballot-mine-none = 현재 투표가 없습니다.
ballot-voted = 투표하셨습니다.
ballot-not-voted = 아직 투표하지 않으셨습니다.
ballot-may-change = { $closes }까지 바꾸실 수 있습니다.
ballot-may-vote = { $closes }까지 투표하실 수 있습니다.
ballot-outsider-head = { $department } 투표에서 부서장은 동수일 때 대표 과제를 정합니다. 누르신 반응은 집계되지 않습니다.
ballot-outsider-newcomer = 다음 회차부터 { $department } 투표에 참여하실 수 있습니다. 선거인은 투표를 열 당시의 직원이므로 누르신 반응은 집계되지 않습니다.
ballot-outsider-outsider = { $department } 투표의 선거인이 아니어서 누르신 반응은 집계되지 않습니다. 소속 부서의 투표에 참여해 주세요.
ballot-reminder = 아직 투표하지 않으셨습니다. { $closes }에 마감됩니다.
# $channel is a link to the channel.
ballot-reminder-where = { $channel } 채널의 후보 메시지에 👍를 눌러 주세요.
ballot-reminder-secret = 아래 ‹투표하기›를 누르시거나 { $channel } 채널의 투표 메시지를 이용해 주세요.
ballot-which = 어느 과제에 투표하셨는지 알려 주세요.
ballot-which-text = 여러 후보에 👍를 누르셨는데 어느 것이 나중인지 알 수 없습니다. { $until }까지 하나를 골라 주세요. 고르지 않으시면 이 표는 집계되지 않습니다.

## To heads

ballot-tie = { $department } 대표 과제 투표가 동수로 끝났습니다.
ballot-tie-text = { $until }까지 아래에서 대표 과제를 정해 주시기 바랍니다. 그때까지 정하지 않으시면 연간 절감 시간이 많은 과제, 그마저 같으면 먼저 제출된 과제로 정해집니다.
ballot-lone = { $department } 대표 과제 투표의 후보가 하나입니다.
ballot-lone-text = 아래 과제를 대표 과제로 확정해 주시기 바랍니다. 그대로 두시면 { $closes }에 마감되면서 대표 과제가 됩니다.
ballot-none = { $department }에 대표 과제 후보가 아직 없습니다.
ballot-none-text = 이번 회차에 제안된 과제가 없어 투표를 열 수 없습니다. 과제를 제안하시거나 팀에 제안을 요청해 주시기 바랍니다.
# $channel is a link to the channel.
ballot-lost = { $department } 대표 과제 투표가 중단되었습니다.
ballot-lost-text = 곱빼기가 { $channel } 채널에 글을 올릴 수 없습니다. 그 채널에서 ‘/invite @곱빼기’로 초대해 주시면 투표가 이어집니다.
ballot-void-told = { $department } 대표 과제 투표가 무효가 되었습니다.
ballot-mend-deleted = 투표를 다시 열어 주시기 바랍니다.
ballot-mend-archived = 채널의 보관을 해제하시거나 총괄부서에 새 채널의 등록을 요청하신 뒤 투표를 다시 열어 주시기 바랍니다.
ballot-mend-removed = 그 채널에서 ‘/invite @곱빼기’로 초대하신 뒤 투표를 다시 열어 주시기 바랍니다.
ballot-mend-unposted = 채널에 곱빼기가 있는지 확인하신 뒤 투표를 다시 열어 주시기 바랍니다.
ballot-mend-round = 다음 회차가 시작되면 투표를 열어 주시기 바랍니다.

## Buttons

button-ballot-vote = 투표하기
button-ballot-vote-which = { $department } 대표 과제 투표하기
button-ballot-panel = 투표 현황
button-ballot-panel-which = { $department } 투표 현황 보기
button-ballot-which = 이 과제
button-ballot-which-what = 『{ $title }』에 투표
button-ballot-settle = 대표 과제 확정
button-ballot-settle-what = 『{ $title }』{ JOSA($title, "을/를") } 대표 과제로 확정
button-ballot-open = 투표 열기
button-ballot-close = 지금 마감
button-ballot-override = 대표 과제 변경

## The door: one department in the round

ballot-panel-title = 대표 과제 투표
ballot-no-round = 지금은 진행 중인 회차가 없습니다. 지금 제안하시는 과제는 다음 회차에 포함됩니다.
ballot-planned = { $round }: { $starts } 시작
ballot-no-ballot = 열린 투표가 없습니다.
ballot-would-stand = 지금 투표를 열면 후보가 되는 과제: { NUMBER($count, useGrouping: 0) }건
ballot-would-stand-capped = 지금 투표를 열면 후보가 되는 과제가 { NUMBER($count, useGrouping: 0) }건이 넘습니다.
ballot-why = 사유: { $reason }
# Shares such as 3/5 with their percentage.
ballot-coverage-teams = 과제를 내거나 예외로 승인된 팀 { NUMBER($part, useGrouping: 0) }/{ NUMBER($whole, useGrouping: 0) }({ $percent })
ballot-coverage-missing-teams = 아직 내지 않은 팀: { $names }
ballot-coverage-departments = { $unit }: 대표 과제가 있거나 예외로 승인된 과 { NUMBER($part, useGrouping: 0) }/{ NUMBER($whole, useGrouping: 0) }({ $percent })
ballot-coverage-missing-departments = 대표 과제가 없는 과: { $names }
ballot-coverage-bureau-line = { $unit } { NUMBER($part, useGrouping: 0) }/{ NUMBER($whole, useGrouping: 0) }({ $percent })
ballot-coverage-bureaus = 실·국별 제출 현황(과 단위)

## Forms (titles of 24 characters at most)

form-ballot-open = 투표 열기
form-ballot-open-all = 모든 과의 투표 열기
form-ballot-vote = 투표하기
form-ballot-close = 투표 마감
form-ballot-override = 대표 과제 변경
field-ballot-day = 마감일
field-ballot-hour = 마감 시각
field-ballot-mode = 투표 방식
field-ballot-candidate = 후보 과제
field-ballot-task = 새 대표 과제
field-ballot-sure = 확인
ballot-mode-open-what = 후보 메시지의 👍로 투표하며 득표수가 바로 보입니다.
ballot-mode-secret-what = 버튼으로 투표하며 득표수는 마감 뒤에 공개됩니다.
ballot-mode-fixed = 투표를 연 뒤에는 방식을 바꿀 수 없습니다.
ballot-mode-few = 비밀 투표는 선거인이 { $least }명 이상일 때 선택할 수 있습니다.
# $channel is a link to the channel.
ballot-posted-in = { $channel } 채널에 투표 메시지와 후보 { NUMBER($count, useGrouping: 0) }건을 올립니다.
ballot-outside-unknown = 채널에 없는 선거인을 지금은 확인하지 못했습니다.
ballot-outside-none = 선거인이 모두 채널에 있습니다.
ballot-outside = 채널에 없는 선거인 { NUMBER($count, useGrouping: 0) }명: { $names }
ballot-names-more = { $names } 외 { NUMBER($count, useGrouping: 0) }명
ballot-units-more = { $names } 외 { NUMBER($count, useGrouping: 0) }곳
ballot-all-posts = { $round }의 투표를 모든 과에서 엽니다. 채널 { NUMBER($channels, useGrouping: 0) }곳에 메시지를 올립니다.
ballot-all-mode = 모두 공개 투표로 열립니다.
ballot-all-sure = 채널 { NUMBER($channels, useGrouping: 0) }곳에 올리는 것을 확인했습니다
ballot-all-no-candidates = 후보가 없어 열지 않는 과: { $names }
ballot-all-no-channel = 채널이 없어 열지 못하는 과: { $names }
ballot-secret-text = 고르신 내용은 이름과 함께 저장되지 않습니다. 득표수는 마감 뒤에 공개됩니다.
ballot-choice = { $position }번 { $title }
ballot-none-left = 남아 있는 후보가 없습니다.
ballot-voted-now = 투표했습니다. 마감까지 바꿀 수 있습니다.
ballot-close-text = 예정된 마감보다 먼저 투표를 마감합니다. 마감한 뒤에는 되돌릴 수 없습니다.
ballot-override-text = 새 대표 과제와 사유는 부서 채널에 공개됩니다.

## Home

home-round = 이번 회차
home-to-settle = 결정을 기다리는 투표
home-to-settle-tied = { $department }: 동수입니다. 대표 과제를 정해 주시기 바랍니다.
home-to-settle-lone = { $department }: 후보가 하나입니다. 대표 과제로 확정해 주시기 바랍니다.
home-exemptions = 결정을 기다리는 제출 예외가 { NUMBER($count, useGrouping: 0) }건 있습니다.
home-see-exemptions = 제출 예외 보기
home-see-rounds = 회차 관리

## What went wrong

error-ballot-day-off = 근무일이 아닙니다. 근무일을 선택해 주세요.
error-ballot-hour = 마감 시각은 10:00부터 18:00 사이에서 선택해 주세요.
error-ballot-soon = 투표할 시간이 부족합니다. 다음 근무일이나 그 뒤의 날짜를 선택해 주세요.
error-ballot-no-candidates = 후보가 될 과제가 없어 투표를 열 수 없습니다. 이번 회차에 과제를 먼저 제안해 주세요.
error-ballot-many = 후보가 될 과제가 { NUMBER($count, useGrouping: 0) }건입니다. 비슷한 과제를 병합하여 { $limit }건 이하로 줄여 주세요.
error-ballot-few = 비밀 투표는 선거인이 { $least }명 이상이어야 합니다. 지금은 { $electors }명이니 공개 투표를 선택해 주세요.
error-ballot-open = 이미 진행 중인 투표가 있습니다. 그 투표가 끝난 뒤 다시 시도해 주시기 바랍니다.
error-ballot-no-round = 진행 중인 회차가 없습니다. 회차가 시작된 뒤 다시 시도해 주시기 바랍니다.
error-ballot-no-channel = 투표를 올릴 부서 채널이 없습니다. 총괄부서에 채널 등록을 요청해 주시기 바랍니다.
error-ballot-over = 이미 마감된 투표입니다. 투표 현황에서 결과를 확인해 주세요.
error-ballot-not-elector = 이 투표의 선거인이 아닙니다. 선거인은 투표를 열 당시의 부서 직원이며, 부서장은 동수일 때 정합니다.
error-ballot-not-secret = 공개 투표입니다. 채널의 후보 메시지에 👍를 눌러 투표해 주세요.
error-ballot-not-tied = 지금은 정하실 것이 없습니다. 투표 현황을 다시 열어 확인해 주시기 바랍니다.
error-ballot-not-candidate = 지금은 후보가 아닌 과제입니다. 다른 후보를 선택해 주세요.
error-ballot-reason = 총괄부서가 할 때에는 사유가 필요합니다. 사유를 입력해 주세요.
error-stale-ballot = 그 사이 투표가 바뀌었습니다. 투표 현황을 다시 열어 확인해 주세요.
error-representative-exists = 이미 대표 과제가 확정되었습니다. 변경하시려면 ‹대표 과제 변경›을 이용해 주시기 바랍니다.
error-representative-replacement = 대표 과제입니다. 대체할 대표 과제를 골라 주세요.
error-representative-only = 대체할 과제가 없습니다. 이번 회차에 다른 과제를 먼저 제안해 주세요.
ballot-opened = 투표를 열었습니다. 곧 채널에 후보를 올립니다.
ballot-opened-all = { NUMBER($count, useGrouping: 0) }개 부서의 투표를 열었습니다. 채널마다 차례로 후보를 올립니다.
ballot-closed-now = 투표를 마감했습니다. 결과는 집계가 끝나면 채널에 올라갑니다.
ballot-settled = { task-number } 과제를 대표 과제로 확정했습니다.
ballot-answered = 답변해 주셔서 감사합니다. 고르신 과제에 투표하신 것으로 집계합니다.
ballot-overridden = 대표 과제를 변경했습니다. 사유와 함께 채널에 알립니다.
ballot-all-too-many = 후보가 25건을 넘어 제외되는 부서: { $names }
error-ballot-choose = 투표할 과제를 선택해 주세요.
error-ballot-day = 마감일을 선택해 주세요.
error-ballot-nothing = 지금 투표를 열 수 있는 부서가 없습니다. 후보 과제와 채널이 있는지 확인해 주세요.
error-ballot-same = 이미 대표 과제입니다. 다른 과제를 선택해 주세요.
error-ballot-not-decided = 아직 결과가 없어 변경할 수 없습니다. 투표가 끝난 뒤 다시 시도해 주시기 바랍니다.
error-ballot-no-department = 소속 과가 없습니다. 홈에서 부서를 골라 투표 현황을 열어 주세요.
error-ballot-no-secret = 비밀 투표에 필요한 설정(BALLOT_SECRET)이 없습니다. 공개 투표를 선택하거나 총괄부서에 설정을 요청해 주세요.
error-ballot-late = 마감일이 너무 늦습니다. 회차가 끝나기 전, 늦어도 석 달 안의 날짜를 선택해 주세요.
error-ballot-posting = 아직 후보를 올리고 있습니다. 다 올라온 뒤 다시 시도해 주시기 바랍니다.
error-ballot-secret-early = 비밀 투표는 { $least }명 이상 투표한 뒤에 일찍 마감할 수 있습니다. 그보다 적으면 누가 무엇을 골랐는지 드러납니다.
error-ballot-other-secret = 비밀 투표의 설정(BALLOT_SECRET)이 투표를 열 때와 달라 지금은 투표하실 수 없습니다. 총괄부서에 확인을 요청해 주세요.
error-representative-merging = { task-number } 과제는 그 부서의 대표 과제입니다. 그 부서장이 대체할 대표 과제를 정한 뒤 병합해 주시기 바랍니다.
button-see-task = 과제 보기
