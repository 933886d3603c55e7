### Standing in: delegations, acting holders, and the office's days off.

standing-title = 위임·직무대리
standing-given = 내가 위임한 기간
standing-given-none = 위임한 기간이 없습니다.
standing-taken = 내가 대신하는 기간
standing-acting = 직무대리
standing-acting-none = 지정한 직무대리가 없습니다.
standing-days-off = 우리 기관 휴무일
standing-days-off-none = 공휴일 외에 따로 정한 휴무일이 없습니다.
standing-none = 위임이나 직무대리와 관련하여 보여 드릴 것이 없습니다.
standing-more = 이 밖에 더 있습니다. 앞의 것이 지나면 보입니다.
standing-days = { $first } ~ { $last }
standing-from = { $first }부터
standing-end-title = 오늘부터 끝낼까요?
standing-end-text = 지금부터 그 권한이 없어집니다. 기록은 이력에 남습니다.
delegate-explained = 정하신 기간에는 그분도 같은 권한으로 결정하고 점검합니다. 처리한 분의 이름이 이력에 남습니다.
acting-title-example = 예: 도로과장 직무대리
acting-unit-hint = 과장, 팀장, 실·국장 자리가 비어 있는 부서만 보입니다.
acting-last-hint = 비워 두면 끝내실 때까지입니다.
day-off-hint = 휴무일에는 알림과 점검을 보내지 않으며, 근무일로 세지 않습니다.
pick-unit = 부서 이름을 입력해 주세요
standing-done-delegate = 위임했습니다. 그분께 알려 드리겠습니다.
standing-done-end = 오늘부터 끝냈습니다.
standing-done-acting = 직무대리를 지정했습니다. 그분께 알려 드리겠습니다.
standing-done-day-off = { $day }을 휴무일로 정했습니다.
standing-done-drop = { $day }을 다시 근무일로 정했습니다.

## Acts, buttons and forms

act-delegate = 업무 위임
button-standing = 위임·직무대리
button-delegate = 위임하기
button-acting = 직무대리 지정
button-day-off = 휴무일 추가
button-day-off-drop = 빼기
button-day-off-which = { $day } 휴무일 빼기
button-standing-end = 끝내기
button-standing-which = { $who } 기간 끝내기
form-delegate = 업무 위임
form-acting = 직무대리 지정
form-day-off = 휴무일 추가
field-deputy = 대신할 분
field-first = 시작일
field-last = 종료일
field-acting-unit = 자리가 빈 부서
field-acting-title = 직무대리 직위
field-acting-person = 직무대리
field-day-off = 휴무일

## Messages

# $what is a name with post.
notice-delegated = ‹{ $what }›님이 업무를 위임하셨습니다.
# $what is a unit and the title of the acting post.
notice-acting = ‹{ $what }›{ JOSA($what, "으로/로") } 지정되셨습니다.

## What went wrong and how to mend it

error-delegate-own = 본인이 맡은 과장이나 실·국장 자리만 위임할 수 있습니다. 대신하고 계신 자리는 다시 위임할 수 없습니다.
error-delegate-whom = 같은 실·국에서 근무하는 분을 선택해 주세요.
error-delegate-self = 본인이 아닌 분을 선택해 주세요.
error-delegate-twice = 그 기간에 이미 위임한 분입니다. 기간을 바꾸어 주세요.
error-standing-from = 시작일을 선택해 주세요.
error-standing-to = 종료일을 선택해 주세요.
error-standing-order = 종료일은 시작일과 같거나 그 뒤여야 합니다.
error-standing-long = 위임은 { $days }일까지 할 수 있습니다.
error-standing-over = 이미 끝났거나 바뀐 내용입니다. ‹위임·직무대리›를 다시 열어 주세요.
error-acting-unit = 자리가 빈 부서를 선택해 주세요.
error-acting-held = 그 자리에는 ‹{ $who }›님이 계십니다. 직무대리는 빈자리에만 지정할 수 있습니다.
error-acting-whom = 근무 중인 분을 선택해 주세요.
error-acting-twice = 그 기간에 이미 직무대리가 있습니다. 먼저 끝내거나 기간을 바꾸어 주세요.
error-required-acting-title = 직무대리 직위를 입력해 주세요.
error-day-off-which = 휴무일을 선택해 주세요.
error-day-off-past = 내일 이후의 날짜를 선택해 주세요.
error-day-off-already = { $day }은 이미 쉬는 날입니다.
error-day-off-far = 휴무일은 { $last }까지 정할 수 있습니다. 그 안의 날짜를 선택해 주세요.
error-day-off-many = { NUMBER($year, useGrouping: 0) }년 휴무일이 이미 { $limit }일입니다. 한 해에 { $limit }일까지 정할 수 있습니다. 내일 이후의 휴무일 가운데 필요 없는 날이 있으면 먼저 빼 주세요.
