### Reminders of dates: one message a person a working day.

reminders = 챙기실 기한이 { NUMBER($count, useGrouping: 0) }건 있습니다.
reminders-of-others = 살펴보실 과제의 기한이 { NUMBER($count, useGrouping: 0) }건 있습니다.
reminders-lead = 살펴보실 과제
reminders-lead-text = 기한이 오래 지났거나 담당자가 없습니다. 담당자나 기한을 다시 정해 주시기 바랍니다.
reminders-more = 이 밖에 { NUMBER($count, useGrouping: 0) }건은 다음 근무일 아침부터 나누어 알려 드리겠습니다.
reminder-due = 기한 { $due }
reminder-left = { $days ->
    [0] 오늘까지
   *[other] { NUMBER($days, useGrouping: 0) }일 남음
}
reminder-late = { NUMBER($days, useGrouping: 0) }일 지남
reminder-again = 다시 알림
reminder-again-in = { NUMBER($days, useGrouping: 0) }일 뒤 다시 알림
reminder-snoozed = { $day }에 다시 알려 드리겠습니다.

## What is due

dated-task = 과제
dated-milestone = 추진 단계
dated-step = 실천 방안

## How often, in Home

home-reminding = 기한 알림 받기
reminding-daily = 매일 아침
reminding-weekly = 일주일에 한 번
reminding-overdue = 기한이 지난 것만

## What went wrong and how to mend it

error-reminder-over = 그 사이 끝났거나 바뀐 기한이라 다시 알림을 정할 수 없습니다. 과제를 열어 최신 내용을 확인해 주세요.
