### The organisation file: its words, its mistakes, and the plan of an import.

## Headings of columns, separated by commas; spaces and signs do not matter.

roster-column-bureau = 실국, 실국명, 실국본부, 실국원
roster-column-department = 과, 과명, 부서, 부서명, 과담당관
roster-column-team = 팀, 팀명
roster-column-name = 이름, 성명
roster-column-title = 직위, 직책
roster-column-email = 이메일, 이메일주소, 전자우편, 메일
roster-column-slack-id = 슬랙ID, 슬랙아이디, Slack아이디
roster-column-bureau-channel = 실국채널
roster-column-department-channel = 과채널, 부서채널
roster-column-role = 역할

## How columns are called to people

roster-label-bureau = 실국
roster-label-department = 과
roster-label-team = 팀
roster-label-name = 이름
roster-label-title = 직위
roster-label-email = 이메일
roster-label-slack-id = Slack ID
roster-label-address = 이메일 또는 Slack ID
roster-label-bureau-channel = 실국 채널
roster-label-department-channel = 과 채널
roster-label-role = 역할

## How titles end, and the words of the role column

roster-title-chief = 장
roster-title-head = 과장, 담당관
roster-title-lead = 팀장
roster-title-acting = 직무대리
roster-role-hq = 총괄, 총괄부서
roster-role-director = 실국장
roster-role-head = 과장, 담당관
roster-role-lead = 팀장
roster-role-member = 팀원, 주무관
roster-role-coordinating = 주무팀

roster-rule =
    직위로 역할을 정합니다.
    - ‘팀장’으로 끝나면 그 팀의 팀장, ‘과장’이나 ‘담당관’으로 끝나면 그 과의 과장입니다.
    - 그 밖에 ‘장’으로 끝나면 그 줄에 적힌 조직(실·국, 과, 팀)의 장입니다.
    - 나머지는 모두 팀원입니다. ‘직무대리’와 괄호 안의 말은 보지 않습니다.
    - 역할 칸에 총괄, 실국장, 과장, 팀장, 팀원을 적으면 직위보다 앞섭니다. 총괄은 역할 칸에 적은 사람만 맡습니다.
    - 역할 칸에 주무팀을 적으면 그 팀이 실·국의 주무팀이 되고, 그 사람의 역할은 직위로 정합니다.

## Mistakes of the file

roster-line = { NUMBER($line, useGrouping: 0) }행
roster-other = { NUMBER($other, useGrouping: 0) }행

roster-file-too-big = 파일이 너무 큽니다. { $limit }MB보다 작게 나누거나 서식을 지운 뒤 다시 저장해 주세요.
roster-file-old-excel = 예전 엑셀 형식(.xls)이거나 암호가 걸린 파일입니다. 암호를 풀고 ‘Excel 통합 문서(.xlsx)’로 저장해 주세요.
roster-file-unreadable = 파일을 읽을 수 없습니다. CSV나 XLSX 파일인지 확인하고, 엑셀에서 열어 다시 저장해 주세요.
roster-file-encoding = 글자를 읽을 수 없습니다. 엑셀에서 ‘CSV UTF-8’로 저장해 주세요.
roster-csv-quotes = { roster-line }: 따옴표가 닫히지 않았거나 남습니다. 따옴표(")를 지우거나 짝을 맞춰 주세요.
roster-too-many-rows = { $limit }줄까지 읽을 수 있습니다. 파일에 조직 명단만 남겨 주세요.
roster-no-header = 머리글을 찾을 수 없습니다. 첫 줄에 실국, 과, 팀, 이름, 직위, 이메일(또는 Slack ID)을 적어 주세요.
roster-column-missing = ‘{ $column }’ 열이 없습니다. 머리글에 ‘{ $column }’{ JOSA($column, "을/를") } 추가해 주세요.
roster-column-twice = ‘{ $column }’ 열이 두 개입니다. 하나만 남겨 주세요.
roster-column-unknown = ‘{ $heading }’{ JOSA($heading, "은/는") } 모르는 열입니다. 위에서 없다고 한 열이면 머리글을 고쳐 주세요.
roster-column-ignored = ‘{ $heading }’ 열은 쓰지 않으므로 읽지 않았습니다.
roster-empty = 명단에 사람이 없습니다. 머리글 아래에 한 사람을 한 줄씩 적어 주세요.

## Mistakes of a row

roster-formula = { roster-line }: ‘{ $column }’ 칸의 수식에 값이 없습니다. 값만 복사해 붙여 넣어 주세요.
roster-missing = { roster-line }: ‘{ $column }’ 칸이 비어 있습니다. 입력해 주세요.
roster-team-without-department = { roster-line }: { $team }의 과가 비어 있습니다. 과를 입력해 주세요.
roster-channel-without-department = { roster-line }: 과 채널은 있는데 과가 비어 있습니다. 과를 입력하거나 과 채널을 지워 주세요.
roster-no-address = { roster-line }: { $name }님의 이메일과 Slack ID가 모두 비어 있습니다. 둘 중 하나를 입력해 주세요.
roster-malformed-email = { roster-line }: ‘{ $value }’{ JOSA($value, "은/는") } 이메일 주소가 아닙니다. name@example.go.kr처럼 입력해 주세요.
roster-malformed-slack-id = { roster-line }: ‘{ $value }’{ JOSA($value, "은/는") } Slack ID가 아닙니다. Slack 프로필의 ‘멤버 ID 복사’로 나오는 U로 시작하는 값을 입력해 주세요.
roster-malformed-bureau-channel = { roster-line }: 실국 채널 ‘{ $value }’{ JOSA($value, "은/는") } 채널 ID가 아닙니다. 채널 이름을 눌러 맨 아래에 나오는 C로 시작하는 값을 입력해 주세요.
roster-malformed-department-channel = { roster-line }: 과 채널 ‘{ $value }’{ JOSA($value, "은/는") } 채널 ID가 아닙니다. 채널 이름을 눌러 맨 아래에 나오는 C로 시작하는 값을 입력해 주세요.
roster-too-long = { roster-line }: ‘{ $column }’ 칸은 { $limit }자까지 쓸 수 있습니다. 줄여 주세요.
roster-unknown-role = { roster-line }: ‘{ $role }’{ JOSA($role, "은/는") } 모르는 역할입니다. 비워 두거나 총괄, 실국장, 과장, 팀장, 팀원, 주무팀 가운데 하나를 적어 주세요.
roster-coordinating-without-team = { roster-line }: 주무팀인데 팀이 비어 있습니다. 팀을 입력하거나 역할을 비워 주세요.
roster-director-not-at-bureau = { roster-line }: 실국장({ $title })인데 과나 팀이 적혀 있습니다. 과와 팀을 비우거나 역할을 고쳐 주세요.
roster-head-not-at-department = { roster-line }: { $title }{ JOSA($title, "은/는") } 과장으로 읽히는데 과가 비었거나 팀이 적혀 있습니다. 과만 입력하고 팀을 비우거나, 과장이 아니면 역할에 팀장이나 팀원을 적어 주세요.
roster-lead-not-at-team = { roster-line }: { $title }{ JOSA($title, "은/는") } 팀장으로 읽히는데 팀이 비어 있습니다. 팀을 입력하거나, 팀장이 아니면 역할에 팀원을 적어 주세요.

## Mistakes of two rows

roster-two-names = { roster-line }: { $name }님의 이메일이나 Slack ID가 { roster-other } { $first }님과 같습니다. 같은 사람이면 이름을 같게, 아니면 주소를 고쳐 주세요.
roster-two-addresses = { roster-line }: { $known }의 { $column }{ JOSA($column, "이/가") } { roster-other }과 다릅니다. 한쪽을 고쳐 주세요.
roster-two-channels = { roster-line }: { $unit }의 채널이 { roster-other }과 다릅니다. 한쪽을 고치거나 비워 주세요.
roster-two-coordinating = { roster-line }: { $unit }의 주무팀이 { roster-other }에도 있습니다. 한 팀만 남겨 주세요.
roster-duplicate = { roster-line }: { $name }님의 같은 자리가 { roster-other }부터 이미 있습니다. 한 줄을 지워 주세요.
roster-address-taken = { roster-line }: { $name }님의 { $column }{ JOSA($column, "을/를") } 이미 등록된 { $holder }님이 쓰고 있습니다. 둘 중 한 분의 주소를 고치거나 { $column } 칸을 비워 주세요.

## What is worth a look

roster-warn-no-team = 확인: { roster-line } { $name }님은 팀이 비어 있어 윗조직의 직속으로 읽었습니다.
roster-warn-several = 확인: { $unit }의 { $role }{ JOSA($role, "이/가") } 여러 명입니다({ $names }).
roster-warn-nobody = 확인: { $unit }의 { $role }{ JOSA($role, "이/가") } 없습니다. 있다면 역할 칸에 적어 주세요.
roster-warn-no-hq = 확인: 총괄을 맡은 사람이 없습니다. 역할 칸에 ‘총괄’을 적어 주세요.
roster-warn-many-leave = 확인: 지금 등록된 { $serving }명 가운데 { $leaving }명이 파일에 없습니다. 일부 조직만 담긴 파일이 아닌지 확인해 주세요.

## The plan

roster-plan-nothing = 바뀌는 것이 없습니다.
roster-plan-summary = 조직: 신설 { $units-added }, 변경 { $units-changed }, 폐지 { $units-retired } / 사람: 추가 { $people-added }, 변경 { $people-changed }, 나감 { $people-left }
roster-plan-unit-added = + 조직 { $unit }
roster-plan-unit-retired = - 조직 { $unit }: 더 쓰지 않음(과제는 남음)
roster-plan-unit-revived = + 조직 { $unit }: 다시 씀
roster-plan-unit-spelled = ~ 조직 { $unit }: 이름을 { $name }{ JOSA($name, "으로/로") } 고침
roster-plan-unit-channel = ~ 조직 { $unit }: 채널 { $channel }
roster-plan-unit-coordinating =
    ~ 조직 { $unit }: { $coordinating ->
        [yes] 주무팀으로 정함
       *[no] 주무팀에서 뺌
    }
roster-plan-joins = + { $name }
roster-plan-leaves = - { $name }: 명단에 없음
roster-plan-corrected = ~ { $name }: { $column } { $before } → { $after }
roster-plan-filled = ~ { $name }: { $column } { $after }
roster-plan-post-opened = + { $name }: { $unit } { $title } (역할: { $role })
roster-plan-post-ended = - { $name }: { $unit } { $title }
roster-plan-post-retitled = ~ { $name }: { $unit }의 직위를 { $title }{ JOSA($title, "으로/로") } 고침
roster-plan-main-changes = ~ { $name }: 대표 자리가 바뀜

## The first round

roster-first-round = { NUMBER($year, useGrouping: 0) }년 제1회
