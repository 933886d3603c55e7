### Exemptions: a team need not bring a task in a round.

exempt-title = 제출 예외
exempt-explained = 제출 예외로 승인된 팀은 { $round }에 과제를 내지 않아도 됩니다. 팀장이 신청하고 실·국장이 결정합니다.
exempt-to-decide = 결정을 기다리는 예외
exempt-own = 우리 팀의 예외
exempt-none = 신청한 예외가 없습니다. 예외는 팀장이 신청합니다.
exempt-more = 이 밖에 더 있습니다. 위의 예외를 먼저 처리해 주시기 바랍니다.
exempt-until = { $until }까지
exempt-round = { $round }{ JOSA($round, "이/가") } 끝날 때까지
# $who is a name with post.
exempt-filed = 신청 { $who } { $at }
exempt-decided = 결정 { $who } { $at }
exempt-decider = 결정할 분 { $who }
exempt-text-example = 예: 「지방회계법」 제10조에 따른 결산 사무
exempt-text-hint = 법정사무는 법령과 조항을, 기타는 사유를 적어 주세요.
exempt-until-hint = 부서 신설은 반드시 선택해 주세요. 비워 두면 회차가 끝날 때까지입니다.
exempt-done-file = 예외를 신청했습니다. 실·국장이 결정하면 알려 드리겠습니다.
exempt-done-grant = 예외를 승인했습니다.
exempt-done-decline = 예외를 승인하지 않았습니다. 사유를 신청한 분께 알려 드리겠습니다.
exempt-done-end = 예외를 종료했습니다. 팀에 알려 드리겠습니다.

## Grounds

ground-statutory = 법정사무
ground-new-unit = 부서 신설
ground-other = 기타
ground-explained-statutory = 법령에 따라 반드시 해야 하는 사무만 맡은 팀
ground-explained-new-unit = 새로 생겨 아직 줄일 일이 없는 팀
ground-explained-other = 그 밖의 사유가 있는 팀

## How one stands

exemption-filed = 결정 대기
exemption-granted = 승인
exemption-declined = 미승인
exemption-ended = 종료

## Acts

act-exempt-file = 예외 신청
act-exempt-decide = 예외 결정
act-exempt-grant = 예외 승인
act-exempt-decline = 예외 미승인
act-exempt-end = 예외 종료

## Buttons

button-exempt-panel = 제출 예외 보기
button-exempt-file = 예외 신청
button-exempt-again = 다시 신청
button-exempt-send = 신청
button-exempt-grant = 승인
button-exempt-decline = 승인하지 않음
button-exempt-end = 예외 종료
button-exempt-which = { $unit } 예외: { $act }

## Forms (24 characters at most) and their fields

form-exempt-file = 예외 신청
form-exempt-decline = 예외 미승인
form-exempt-end = 예외 종료
field-exempt-team = 팀
field-exempt-ground = 예외 사유
field-exempt-text = 근거 또는 설명
field-exempt-until = 종료일

## Messages

# $unit is a department and a team, as in 도로과 계획팀.
notice-exemption-filed = { $unit }의 제출 예외 신청이 있습니다.
notice-exemption-waits = { $unit }의 제출 예외 신청이 결정을 기다리고 있습니다.
notice-exemption-ask = 이 회차에 과제를 내지 않아도 되는지 결정해 주시기 바랍니다. 결정하시기 전까지는 예외가 아닙니다.
notice-exemption-vacant = 실·국장 자리가 비어 있어 결정할 분이 없습니다. 직무대리를 지정해 주시기 바랍니다.
notice-exemption-decided = { $unit }의 제출 예외가 ‹{ $standing }› 처리되었습니다.
notice-exemption-ended = { $unit }의 제출 예외가 종료되었습니다.
notice-exemption-take-part = 이제 다시 과제를 내는 팀입니다. 이번 회차에 과제를 제안해 주세요.
notice-exemption-next-round = 다음 회차에도 예외가 필요하면 다시 신청해 주세요.

## What went wrong and how to mend it

error-exemption-no-round = 지금은 진행 중이거나 예정된 회차가 없어 예외를 신청할 수 없습니다. 회차가 열리면 신청해 주세요.
error-exemption-exists = 이 팀은 이미 예외를 신청했거나 승인받았습니다. ‹제출 예외›에서 확인해 주세요.
error-exemption-ground = 이 회차에서 인정하는 예외 사유를 선택해 주세요.
error-exemption-article = 법령과 조항을 입력해 주세요.
error-exemption-why = 예외가 필요한 사유를 입력해 주세요.
error-exemption-until = 언제까지 예외가 필요한지 선택해 주세요.
error-exemption-decided = 이미 처리된 예외입니다. ‹제출 예외›에서 확인해 주세요.
error-exemption-settled = 이미 처리된 예외입니다. 지금은 ‹{ $standing }› 상태입니다. (‹{ $who }›님, { $at })
error-exemption-over = 이미 처리된 예외입니다. 지금은 ‹{ $standing }› 상태입니다. ({ $at })
error-exemption-still-filed = 아직 결정하지 않은 예외입니다. 승인 여부를 먼저 결정해 주시기 바랍니다.
error-stale-exemption = 그 사이 다른 분이 처리했습니다. ‹제출 예외›를 다시 열어 최신 내용을 확인해 주세요.

## The word that is understood after /cut, and its line in the help

word-exempt = 예외
help-exempt = `/cut 예외`  제출 예외를 신청하거나 결정합니다.
