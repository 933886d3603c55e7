### Rounds and the headquarters' door: the panel, its forms, and what may go wrong there.

word-admin = 관리
help-admin = `/cut 관리`  회차를 열고 마감하며 제출 현황을 봅니다.
button-round-open = 회차 열기
button-round-close = 회차 마감
button-ballots-all = 모든 과의 투표 열기
button-votes-by = 투표 마감일 지정
button-bureau = 과별 보기
button-bureau-which = { $bureau } 과별 보기

## The panel

admin-title = 회차 관리
rounds-none = 진행 중인 회차가 없습니다. 지금 제안되는 과제는 다음 회차에 포함됩니다.
rounds-last = 지난 회차: { $name } ({ $starts } ~ { $ends })
rounds-running = 진행 중
rounds-planned = 시작 전
rounds-over = 기간 종료
rounds-period = { $starts } ~ { $ends }
rounds-period-open = { $starts }부터 마감할 때까지
rounds-votes-by = 투표 마감일 { $day }
rounds-votes-by-none = 투표 마감일 미정
rounds-grounds = 인정하는 예외 사유: { $grounds }
rounds-total = 전체 제출률 { $percent }(과 { $whole }개 중 { $part }개)
rounds-live = 진행 중인 투표 { $count }건
rounds-carried = 지난 회차에서 이월된 과제 { $count }건
rounds-coverage = 실·국별 제출 현황
rounds-no-bureaus = 등록된 실·국이 없습니다. 먼저 조직 파일을 가져와 주세요.
rounds-share = 제출률 { $percent }(과 { $whole }개 중 { $part }개)
rounds-missing = 대표 과제 없음: { $names }
rounds-close-sure-title = 회차를 마감할까요?
rounds-close-sure = { $name }{ JOSA($name, "을/를") } 마감합니다. { $count ->
    [0] 제출 예외도 종료됩니다.
   *[other] 끝나지 않은 투표 { $count }건은 무효가 되고 제출 예외도 종료됩니다.
} 추진 중인 과제는 그대로 이어집니다. 되돌릴 수 없습니다.
rounds-opened = { $name }{ JOSA($name, "을/를") } 열었습니다.
rounds-closed = { $name }{ JOSA($name, "을/를") } 마감했습니다.

## The departments of a bureau

bureau-title = 과별 제출 현황
bureau-no-departments = 소속된 과가 없습니다.
department-representative = 대표 과제 { $task }
department-exempt = 제출 예외
department-not-yet = 대표 과제 아직 없음
department-missing = 대표 과제 없음
department-teams = 과제를 내거나 예외로 승인된 팀 { $whole }개 중 { $part }개
department-teams-missing = 아직 내지 않은 팀: { $names }

## The forms (titles of 24 characters at most)

form-round = 회차 열기
form-votes-by = 투표 마감일
field-round-name = 회차 이름
field-starts-on = 시작일
field-ends-on = 종료일
field-votes-by = 투표 마감일
field-grounds = 인정하는 예외 사유
round-name-example = 예: 2026년 제2회
round-ends-hint = 비워 두면 마감할 때까지 이어집니다.
round-votes-hint = 이날 18:00까지 투표합니다. 실·국마다 다르게 정할 수도 있습니다.
round-carry-hint = 회차 사이에 제안된 과제는 이 회차에 포함되고, 지난 회차의 끝나지 않은 과제는 이월로 표시됩니다.
votes-by-hint = 비워 두면 회차의 투표 마감일을 따릅니다.

## On a task

line-carried = { $round }에서 이월

## In the history

act-round-opened = 회차 열기
act-round-closed = 회차 마감
act-votes-by = 투표 마감일 지정

## What may go wrong

error-required-name = 회차 이름을 입력해 주세요.
error-required-starts = 시작일을 선택해 주세요.
error-round-ends = 종료일을 시작일 이후로 선택해 주세요.
error-round-votes = 투표 마감일을 시작일 다음 날부터 종료일 사이에서 선택해 주세요.
error-round-grounds = 예외 사유를 하나 이상 선택해 주세요.
error-round-open = 이미 열려 있는 회차가 있습니다. 그 회차를 먼저 마감해 주세요.
error-round-name = 같은 이름의 회차가 있습니다. 다른 이름을 입력해 주세요.
error-round-closed = 이미 마감된 회차입니다. 최신 내용을 확인해 주세요.
error-stale-round = 그 사이 회차의 내용이 바뀌었습니다. 최신 내용을 확인해 주세요.
