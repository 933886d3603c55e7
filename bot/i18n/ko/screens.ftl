### The screens in chat: proposing, one task, its forms, lists, Home and help.

bot-name = 곱빼기
pick = 선택해 주세요
pick-department = 부서 이름을 입력해 주세요
pick-person = 이름을 입력해 주세요
pick-task = 제목이나 번호를 입력해 주세요
replacement-hint = 이 과제는 우리 과의 대표 과제입니다. 대신할 과제를 골라 주세요.
none-yet = 미정

## Buttons

button-submit = 제출
button-submit-anyway = 그래도 제출
button-save = 저장
button-close = 닫기
button-yes = 예
button-no = 아니요
button-open = 열기
button-open-which = 『{ $title }』 과제 열기
button-join-which = 『{ $title }』 과제에 함께하기
button-rewrite = 고쳐 쓰기
button-mend = 고치기
button-mend-which = { $what } 단계 고치기
button-effect = 효과 적기
button-take-in = 받아들이기
button-keep-out = 돌려보내기
button-earlier = 이전 이력
button-propose = 과제 제안
button-list = 과제 목록
button-help = 도움말
button-go-on = 이어 쓰기
button-first = 처음으로
button-next = 다음
button-join = 함께하기
button-edit = 수정
button-withdraw = 철회
button-note = 추진 상황
button-plan = 실천 방안 추가
button-complete = 완료 보고
button-stopped = 이미 중단했습니다
button-opinion = 팀 의견
button-assign = 담당자 변경
button-due = 기한 변경
button-confirm = 확정
button-revise = 보완 요청
button-hold = 보류
button-resume = 보류 해제
button-decline = 반려
button-merge = 병합
button-reopen = 재추진

## Titles of the forms (24 characters at most)

form-edit = 과제 수정
form-effect = 기대 효과
form-confirm = 과제 확정
form-revise = 보완 요청
form-hold = 보류
form-decline = 반려
form-merge = 병합
form-reopen = 재추진
form-note = 추진 상황
form-opinion = 팀 의견
form-plan = 실천 방안
form-milestone = 추진 단계
form-complete = 완료 보고
form-assign = 담당자 변경
form-due = 기한 변경
form-withdraw = 철회

## Proposing

propose-title = 과제 제안
propose-title-example = 예: 전시실 운영 일지 폐지
propose-problem-example = 예: 매일 손으로 쓰지만 찾아보는 사람이 없습니다.
propose-needs-hint = 모르면 비워 두셔도 됩니다. 확정할 때 정합니다.
propose-department-example = 부서 이름을 입력해 주세요
propose-department-hint = 다른 부서가 하는 일일 때만 선택해 주세요.
propose-later = 나머지 내용은 제출한 뒤에 적으셔도 됩니다. 쓰는 동안 자동으로 임시 저장됩니다.
propose-draft-found = 쓰시던 내용을 불러왔습니다.
propose-draft-discard = 새로 쓰기
propose-draft-gone = 이미 제출했거나 지운 내용입니다. /cut으로 다시 시작해 주세요.
similar-title = 비슷한 과제가 있습니다
similar-found = 비슷한 과제가 { NUMBER($count, useGrouping: 0) }건 있습니다. 같은 일이라면 함께해 주세요.
similar-or = 다른 일이라면 ‹그래도 제출›을, 내용을 바꾸려면 ‹고쳐 쓰기›를 눌러 주세요.
receipt = { task-number } 과제가 제출되었습니다.
receipt-next = 이제 { $who }님이 확정 여부를 정합니다.
receipt-next-vacant = 이제 담당 부서에서 확정 여부를 정합니다.
receipt-channel = 카드는 { $channel } 채널에 올라갑니다.
joined = { task-number } 과제의 공동 제안자가 되셨습니다.

## One task

task-title = 과제 { task-number }
# $named is the first of several tasks.
line-and-more = { $named } 외 { NUMBER($count, useGrouping: 0) }건
line-due = 기한 { $due }
line-hold-until = { $until }까지 보류
line-hours = 연 { $hours }
basis = 연 { $per_year }회 × { $minutes }분 × { $people }명
field-place = 담당 부서
field-remark = 결정 의견
field-source = 제안한 메시지
field-history = 이력
field-milestones = 추진 단계
field-plan = 실천 방안
field-plan-one-team = 실천 방안 · 원팀
field-why = 사유
field-done = 진행
field-milestone-note = 메모
field-reported-hours = 보고된 연간 절감 시간
field-reported-budget = 보고된 절감 예산
field-reported-budget-entered = 보고할 절감 예산(천 원)
field-budget-saved = 절감 예산
one-team = 원팀
evidence-stopped = 즉시 중단
evidence-example = 예: 7월 1일 부서 공지로 작성을 중단함
milestone-done = 이 단계를 마쳤습니다
stage-due = { $name } · { $day }
stage-done = { $name } · { $day } 완료
step-done = 완료로 표시
step-undo = 완료 취소
step-edit = 고치기
step-remove = 삭제
merging-asked = 아래 과제를 이 과제로 합치자는 요청이 있습니다.
merging-waits = { task-number } 과제로 합치는 것을 그 부서가 검토하고 있습니다.
merging-replaces = 그 부서가 수락하면 { $department }의 대표 과제가 { task-number } 과제로 바뀝니다.
merge-hint = 다른 부서의 과제라면 그 부서의 동의를 받은 뒤 합쳐집니다.
confirm-needs-hint = 즉시 시행이면 확정과 함께 추진이 시작됩니다.
confirm-due-hint = 비워 두면 추진 방식에 맞추어 정해집니다.
complete-later-hint = 나중에 적으셔도 됩니다.
effect-explained = 연간 절감 시간은 횟수 × 분 × 인원 ÷ 60으로 계산합니다.
stopped-sure-title = 완료로 기록할까요?
stopped-sure = 이 일을 이미 중단하셨다면 완료로 기록합니다.
stale-newest = *지금의 최신 내용*
saved-act = ‹{ $act }› 처리를 마쳤습니다.
history-change = { $field }: { $before } → { $after }
change-status = 상태
change-due = 기한
change-owner = 담당자
change-hold-until = 보류 기한
change-type = 유형
change-title = 제목

## The card in the department's channel

card-text = { $task } { $title } · { $status }
card-proposer = 제안 { $name }
card-joined = 공동 제안 { NUMBER($count, useGrouping: 0) }명
card-owner = 담당 { $name }
card-thread = 의견은 이 메시지의 스레드에 남겨 주세요.

## Lists

list-found = ‘{ $words }’ 찾기
list-fuzzy = 꼭 맞는 과제가 없어 가장 비슷한 과제를 보여 드립니다.
list-none = 해당하는 과제가 없습니다. /cut으로 첫 과제를 제안해 주세요.
list-none-found = 찾는 과제가 없습니다. 다른 말로 찾아 주세요.
list-any-status = 모든 상태
list-scope = 범위
list-page = { NUMBER($page, useGrouping: 0) }쪽

## Home

welcome-title = 일은 빼고, 혁신은 곱빼기
welcome-text =
    그만두거나 줄이거나 고칠 일을 한 줄로 제안해 주세요.
    부서장이 확정하면 담당자와 기한이 정해지고, 진행은 이곳에서 봅니다.
    따로 내는 보고서는 없습니다.
stranger-text = 조직 명단에 아직 등록되어 있지 않아 과제를 보실 수만 있습니다. 아래 담당자에게 등록을 요청해 주세요.
# Told to people of another organisation's workspace, who see nothing else.
outsider-text = 다른 기관의 Slack 워크스페이스에 소속되신 분은 곱빼기를 이용하실 수 없습니다. 필요하신 내용은 함께 일하시는 담당자에게 문의해 주세요.
home-draft = 쓰시던 과제가 있습니다.
home-to-decide = 결정을 기다리는 과제
home-to-take-in = 병합을 기다리는 과제
home-to-revise = 보완할 과제
home-due = 기한이 다가오거나 지난 과제
home-mine = 내 과제
home-more = 더 있습니다. ‹과제 목록›에서 모두 볼 수 있습니다.
home-hearing = 내 과제의 소식 받기
home-language = 언어
home-ask = 문의: { $who }
home-ask-nobody = 총괄부서가 아직 지정되지 않았습니다. 관리자에게 문의해 주세요.
language-ko = 한국어
language-en = English

## Help

help-title = 곱빼기 사용법
help-unknown = ‘{ $text }’만으로는 무엇을 하실지 알 수 없습니다. 아래를 참고해 주세요.
help-propose = `/cut`  과제 제안 창을 엽니다.
help-title-given = `/cut 전시실 운영 일지 폐지`  제목을 채워 엽니다.
help-list = `/cut 목록`  과제 목록을 봅니다. `/cut 목록 우리과 추진중`처럼 좁힐 수 있습니다.
help-find = `/cut 찾기 전시실`  과제를 찾습니다.
help-show = `/cut 보기 12`  과제 하나와 이력을 봅니다.
help-update = `/cut 수정 12`  과제를 고칩니다.
help-help = `/cut 도움말`  이 안내를 봅니다.
help-else = 메시지의 ⋯ 메뉴에서 ‹과제로 제안›을 골라도 됩니다.
usage-find = 찾을 말을 함께 적어 주세요. 예: `/cut 찾기 전시실`
usage-show = 과제 번호를 함께 적어 주세요. 예: `/cut 보기 12`
usage-update = 과제 번호를 함께 적어 주세요. 예: `/cut 수정 12`

## Words that are understood after /cut, the first is the one shown

word-list = 목록 리스트
word-find = 찾기 검색
word-show = 보기
word-update = 수정
word-help = 도움말 도움 사용법
word-scope-mine = 내과제 내 나
word-scope-team = 우리팀 팀
word-scope-dept = 우리과 과 부서
word-scope-bureau = 우리국 실국 국 실
word-scope-all = 전체 모두
word-status-submitted = 제출
word-status-revision-requested = 보완요청 보완
word-status-confirmed = 확정
word-status-in-progress = 추진중 추진
word-status-on-hold = 보류
word-status-done = 완료
word-status-declined = 반려
word-status-withdrawn = 철회
word-status-merged = 병합
word-status-overdue = 지연
list-title = 과제 목록
act-refused = 권한 없는 시도
act-handed-over = 담당자 인계
act-import = 조직 가져오기
