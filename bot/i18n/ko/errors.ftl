### What went wrong and how to mend it. These appear in messages and beneath inputs.

## Storing

error-busy = 지금 처리 중인 요청이 많아 저장하지 못했습니다. 잠시 후 다시 시도해 주세요.
error-not-stored = 저장하지 못했습니다. 다시 시도해 주세요.
error-checking = 저장 여부를 확인하고 있습니다. 결과는 메시지로 알려 드리겠습니다.
# These two follow error-checking.
outcome-stored = 저장되었습니다. 다시 보내지 않으셔도 됩니다.
outcome-unknown = 저장되었는지 확인하지 못했습니다. 과제를 열어 확인해 주세요.
# $reference finds the entry in the log.
error-unexpected = 처리하지 못했습니다. 다시 시도해 주세요. 같은 일이 되풀이되면 총괄부서에 참조 번호 { $reference }{ JOSA($reference, "을/를") } 알려 주세요.
error-stale = 그 사이 다른 분이 수정했습니다. 아래 최신 내용을 확인해 주세요.

## Rights

# $who is a unit, a post and a name, as in 문화정책과 과장 김하늘; $hq names people of headquarters.
error-not-allowed = ‹{ $act }›{ JOSA($act, "은/는") } ‹{ $who }›님이 하실 수 있습니다.
error-refused-vacant = ‹{ $act }›{ JOSA($act, "을/를") } 하실 분의 자리가 비어 있습니다. 총괄부서에 직무대리 지정을 요청해 주세요. { $hq }
error-not-in-organisation = 조직 명단에 등록되어 있지 않아 과제를 보실 수만 있습니다. 총괄부서에 등록을 요청해 주세요. { $hq }
error-not-possible = 지금 상태({ $status })에서는 ‹{ $act }›{ JOSA($act, "을/를") } 하실 수 없습니다.

## Finding

error-not-found-task = { task-number } 과제를 찾을 수 없습니다. 번호를 확인해 주세요.

## Inputs

error-required = { $label }{ JOSA($label, "을/를") } 입력해 주세요.
error-required-title = 제목을 입력해 주세요.
error-required-type = 유형을 선택해 주세요.
error-required-problem = 현황·문제점을 입력해 주세요.
error-required-comment = 보완할 내용을 입력해 주세요.
error-required-reason = 사유를 입력해 주세요.
error-required-note = 추진 상황을 입력해 주세요.
error-required-opinion = 의견을 입력해 주세요.
error-required-evidence = 완료 근거를 한 줄로 입력해 주세요.
error-required-step = 추진 내용을 입력해 주세요.
error-required-due = 기한을 선택해 주세요.
error-required-until = 언제까지 보류할지 선택해 주세요.
error-required-target = 병합할 과제를 선택해 주세요.
error-too-long = { $limit }자까지 입력할 수 있습니다. 지금은 { $length }자이니 줄여 주세요.
error-number-range = 0부터 { $largest }까지의 숫자를 입력해 주세요.
error-date-past = 오늘 이후의 날짜를 선택해 주세요.
error-pick-needs = 추진 방식을 선택해 주세요.
error-pick-owner = 담당자를 선택해 주세요.
error-owner-elsewhere = 이 과제를 맡은 부서의 직원을 담당자로 선택해 주세요.
error-pick-department = 담당 부서를 선택해 주세요.
error-immediate-alone = ‹즉시 시행›은 다른 추진 방식과 함께 선택할 수 없습니다. 하나만 남겨 주세요.
error-resident-number = 주민등록번호로 보이는 숫자가 있어 저장하지 않았습니다. 그 부분을 지워 주세요.
error-mobile-number = 휴대전화 번호로 보이는 숫자가 있어 저장하지 않았습니다. 그 부분을 지워 주세요.
error-plan-too-long = 실천 방안은 { $limit }단계까지 등록할 수 있습니다. 단계를 줄여 주세요.
error-no-such-step = 그 사이 단계가 바뀌었습니다. 최신 내용을 확인해 주세요.
error-merge-self = 같은 과제로는 병합할 수 없습니다. 다른 과제를 선택해 주세요.
error-merge-ended = { task-number } 과제는 이미 끝나 병합할 수 없습니다. 다른 과제를 선택해 주세요.
error-merge-settled = { task-number } 과제의 병합 요청은 이미 처리되었습니다. 최신 내용을 확인해 주세요.
error-stale-button = 오래된 화면입니다. 다시 열어 주세요.
error-whole-number = 소수점 없이 숫자만 입력해 주세요.
