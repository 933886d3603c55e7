### Really saved, really gone: what is asked about completed tasks.

checks = 확인해 주실 과제가 { NUMBER($count, useGrouping: 0) }건 있습니다.
checks-title = 완료 과제 확인
checks-saved = *실제 절감* 완료하고 한 분기가 지났습니다. 실제로 절감된 연간 시간과 예산을 확인해 주세요.
checks-stays = *재발 점검* 없애거나 줄인 일이 다시 생겼습니까? 다시 생겼다면 과제를 다시 추진합니다.
checks-more = 이 밖에 { NUMBER($count, useGrouping: 0) }건이 더 있습니다.
checks-none = 확인을 기다리는 과제가 없습니다.
checks-thanks = 모두 확인해 주셨습니다. 감사합니다.
check-done = { $at } 완료
check-saved = 실제 절감
check-stays-6 = 6개월 재발 점검
check-stays-12 = 12개월 재발 점검
# $figures are hours, a budget or both.
check-expected = 예상 { $figures }
check-reported = 보고 { $figures }
check-done-planned = 실제 절감을 확인했습니다. ({ task-number })
check-done-gone = 재발하지 않은 것으로 기록했습니다. ({ task-number })

## The three figures, never added

line-expected = 예상 { $hours }
line-reported = 보고 { $hours }
line-verified = 확인 { $hours }
field-expected-hours = 예상 연간 절감 시간
field-expected-budget = 예상 절감 예산
field-verified-hours = 확인된 연간 절감 시간
field-verified-budget = 확인된 절감 예산
field-verified-hours-entered = 실제 연간 절감 시간
field-verified-budget-entered = 실제 절감 예산(천 원)

## Acts, buttons and forms

act-verify = 실제 절감 확인
act-came-back = 재발 신고
act-stays-gone = 재발 없음 확인
button-checks = 확인하기
button-as-planned = 계획대로 ({ $figures })
# Where only one of the two figures was reported: the other is the expected one.
button-as-known = 보고·계획대로 ({ $figures })
button-as-reported = 보고한 대로 ({ $figures })
button-verify = 실제 절감 입력
button-came-back = 재발 신고
button-gone = 아니요
button-back = 예, 다시 생겼습니다
# $act is the label of the button.
button-check-which = { $title }: { $act }
form-verify = 실제 절감 확인
form-came-back = 다시 생긴 일
field-came-back = 무엇이 다시 생겼습니까?
came-back-hint = 과제를 다시 추진하며, 적으신 내용은 이력에 남습니다.
verify-hint = 하나만 적으셔도 됩니다. 절감이 없었다면 0을 적어 주세요.

## What went wrong and how to mend it

error-verify-nothing = 실제 절감 시간이나 예산을 입력해 주세요.
error-verify-early = 실제 절감은 완료하고 한 분기가 지난 { $day }부터 확인할 수 있습니다.
error-check-answered = { task-number } 과제는 이미 확인되었습니다. 과제를 열어 최신 내용을 확인해 주세요.
error-check-over = { task-number } 과제는 다시 추진 중이라 확인할 것이 없습니다.
