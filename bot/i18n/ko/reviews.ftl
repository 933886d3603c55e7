### Reviews: a director's check of a bureau at quarter boundaries.

word-review = 점검
help-review = `/cut 점검`  실·국의 분기·반기 점검을 엽니다.

## Periods and cadences

# $nth is 1 to 4.
review-period-quarter = { NUMBER($year, useGrouping: 0) }년 { $nth }분기
review-period-half = { NUMBER($year, useGrouping: 0) }년 { $nth ->
    [1] 상반기
   *[other] 하반기
}
review-period-other = { $starts } ~ { $ends }
cadence-quarterly = 분기마다
cadence-half-yearly = 반기마다

## The message

review-title = { $bureau } { $period } 점검
review-modal-title = 점검
review-tasks = 과제 { $count }건
# $statuses are those that do not count, such as declined ones.
review-besides = (이 밖에 { $statuses })
review-done = 기간 중 완료 { $count }건
review-overdue = 지연 { $count }건
# $figure is one of the two lines above.
review-last = { $figure } (지난 점검 { $last }건)
review-expected = 예상 절감 { $hours }
review-reported = 보고 절감 { $hours }
review-verified = 확인 절감 { $hours }
review-as-of = { $at } 기준 수치입니다. 예상·보고·확인 절감은 연간 시간이며 서로 더하지 않습니다.
review-nothing-open = 따로 확인하실 항목이 없습니다. ‹점검 완료›를 눌러 주시기 바랍니다.
review-nothing-left = 따로 확인하실 항목이 없습니다.
review-open = 확인이 필요한 항목 { $count }건
review-open-capped = 확인이 필요한 항목 { $count }건 이상
review-open-text = 아래에서 바로 처리하실 수 있습니다. 처리하신 항목은 목록에서 빠지고, 담당 과장께 알려 드립니다.
review-reasons = 사유를 적으신 과제 { $count }건
review-kind-overdue = 지연
review-kind-blocked = 추진 단계 기한 경과
review-kind-held = 보류 기한 경과
review-kind-undecided = 결정 대기 3일 이상
review-kind-ownerless = 담당자 없음
review-kind-missing = 대표 과제 없음
review-days-late = 기한 { $days }일 지남
review-department-missing = { $department }: 대표 과제 없음
review-signed = ‹{ $who }›님이 { $at }에 점검을 마치셨습니다.
review-signed-left = 미조치로 남은 항목 { $count }건
review-superseded = 다음 점검이 열려 이 점검은 끝났습니다.
review-retired = 조직이 바뀌어 이 실·국의 점검은 끝났습니다.
review-passed-on = 이 점검은 다른 분이 이어받으셨습니다.

## Buttons

button-review-sign = 점검 완료
button-review-sign-left = 미조치로 두고 점검 완료
button-review-extend = 2주 연장
button-review-complete = 완료 확인
button-review-reason = 사유 적기
button-review-more = 나머지 보기
button-review-open = 점검 열기
button-review-open-which = { $bureau } 점검 열기
# $act is the label of the button.
button-review-what = { $title }: { $act }
button-reviews = 실·국별 점검

## Forms (titles of 24 characters at most)

form-review-sign = 점검 완료
form-review-reason = 사유 적기
review-sign-ask = 아직 처리하지 않은 항목이 { $count }건 있습니다. 그대로 마치시면 미조치로 기록됩니다.
review-sign-changed = 그 사이 내용이 바뀌었습니다. 아래 목록을 다시 확인해 주시기 바랍니다.
review-more-left = 이 밖에 { $count }건이 더 있습니다.
field-review-reason = 사유
review-reason-hint = 이번 점검에서는 이 사유로 확인한 것으로 기록됩니다.

## Other messages

review-again = { $bureau } { $period } 점검을 기다리고 있습니다.
review-again-text = { $opened }에 시작된 점검이 아직 끝나지 않았습니다. 확인이 필요한 항목은 { $count }건입니다. ‹점검 열기›에서 마쳐 주시기 바랍니다.
review-copy = { $bureau } { $period } 점검이 아직 끝나지 않았습니다.
review-copy-text = { $who }께 다시 알려 드렸습니다. 확인이 필요한 항목은 { $count }건입니다. 점검을 마치실 수 있도록 도와주시기 바랍니다.
review-copy-unlinked = { $who }께 Slack으로 점검을 알려 드리지 못했습니다. 확인이 필요한 항목은 { $count }건입니다. 직접 안내해 주시기 바랍니다.
review-copy-vacant = 실·국장 자리가 비어 있습니다. 확인이 필요한 항목은 { $count }건입니다.
review-preview = { $bureau } { $period } 점검을 사전 안내해 드립니다.
review-preview-text = { $opens }에 실·국장께 점검이 전달됩니다. 그 전에 아래 { $count }건을 바로잡아 주시기 바랍니다.
review-preview-nothing = { $opens }에 실·국장께 점검이 전달됩니다. 바로잡을 항목이 없습니다.
review-vacant = { $bureau } { $period } 점검을 받을 분이 없습니다.
review-vacant-text = 실·국장 자리가 비어 있습니다. 직무대리를 지정해 주시기 바랍니다. 지정하시면 다음 근무일에 점검이 전달됩니다.
review-unlinked-text = { $who }의 Slack 계정을 찾지 못했습니다. 조직 명단의 이메일이나 Slack ID를 확인해 주시기 바랍니다. 계정이 연결되면 다음 근무일에 점검이 전달됩니다.
reviews-late = 근무일 기준 10일이 지나도록 끝나지 않은 점검이 { $count }건 있습니다.
# $who is a post and a name.
reviews-late-row = { $period } 점검, { $opened } 시작, { $who }
reviews-late-more = 이 밖에 { $count }개 실·국이 더 있습니다. ‹실·국별 점검›에서 모두 보실 수 있습니다.
reviews-late-row-vacant = { $period } 점검, { $opened } 시작, 실·국장 공석

## Home and the list of reviews

home-reviews = 점검
home-review = { $bureau } { $period } 점검 · 확인이 필요한 항목 { $count }건
reviews-title = 실·국별 점검
reviews-none = 보실 수 있는 점검이 없습니다. 소속 실·국이 정해지면 보입니다.
reviews-next = 다음 점검 { $opens }
reviews-cadence = { $cadence } 점검
reviews-row-none = 지난 점검 없음
reviews-row-open = { $period } 점검 진행 중 ({ $opened } 시작)
reviews-row-signed = { $period } 점검 완료 ({ $who }, { $at })
reviews-row-superseded = { $period } 점검 미완료
reviews-cadence-set = 점검 주기를 저장했습니다.

## Acts

act-review-sign = 점검 완료
act-review-opened = 점검 시작
act-review-signed = 점검 완료
act-review-left = 점검에서 미조치
act-review-superseded = 점검 미완료 종료
act-review-cadence = 점검 주기 변경

## What went wrong and how to mend it

error-review-signed = { $at }에 이미 끝난 점검입니다. 최신 내용을 확인해 주시기 바랍니다.
error-review-superseded = 다음 점검이 열렸거나 조직이 바뀌어 이 점검은 끝났습니다. 최신 내용을 확인해 주시기 바랍니다.
error-review-not-late = { task-number } 과제에는 지난 기한이 없습니다. 최신 내용을 확인해 주시기 바랍니다.
error-review-answered = { task-number } 과제는 이미 처리되었습니다. 최신 내용을 확인해 주시기 바랍니다.
error-stale-review = 그 사이 다른 분이 점검을 처리하셨습니다. 최신 내용을 확인해 주시기 바랍니다.
