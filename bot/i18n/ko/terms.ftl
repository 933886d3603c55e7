### The words of the programme. A code such as in_progress is the key …-in-progress.

## Types of task

type-abolish = 폐지
type-reduce = 축소
type-consolidate = 통합
type-improve = 개선
type-transfer = 이관
type-digitise = 전산화

## Reasons

reason-goal-reached = 목적 달성
reason-no-response = 주민 호응 없음
reason-law-changed = 법령·여건 변화
reason-custom = 관행
reason-waste = 예산·행정력 낭비
reason-duplication = 유사·중복
reason-other = 기타

## What a task needs

need-undecided = 미정
need-immediate = 즉시 시행
need-budget = 예산 반영 필요
need-ordinance = 조례 개정 필요
need-guideline = 규칙·지침 개정 필요
need-ministry = 중앙부처 건의 필요

## Status

status-draft = 작성 중
status-submitted = 제출
status-revision-requested = 보완 요청
status-confirmed = 확정
status-in-progress = 추진 중
status-on-hold = 보류
status-done = 완료
status-declined = 반려
status-withdrawn = 철회
status-merged = 병합
status-overdue = 지연

## Roles

role-member = 팀원
role-lead = 팀장
role-head = 과장
role-director = 실·국장
role-hq = 총괄부서

## Units

unit-bureau = 실·국
unit-department = 과
unit-team = 팀

## Milestones of the tracks

milestone-budget-request = 예산 요구
milestone-budget-review = 예산 심의
milestone-budget-approved = 예산 확정
milestone-ordinance-notice = 입법예고
milestone-ordinance-committee = 조례·규칙심의회
milestone-ordinance-assembly = 의회 의결
milestone-ordinance-promulgation = 공포
milestone-guideline-draft = 개정안 마련
milestone-guideline-consultation = 의견 조회
milestone-guideline-issue = 시행
milestone-ministry-submission = 건의 제출
milestone-ministry-reply = 부처 회신
milestone-ministry-application = 결과 반영

## Acts: names of buttons, of history entries and in refusals

act-propose = 과제 제안
act-join = 공동 제안
act-edit = 수정
act-withdraw = 철회
act-note = 추진 상황 등록
act-plan = 실천 방안
act-milestone = 추진 단계
act-complete = 완료 보고
act-stopped = 즉시 중단
act-opinion = 팀 의견
act-assign = 담당자 변경
act-due = 기한 변경
act-confirm = 확정
act-revise = 보완 요청
act-hold = 보류
act-resume = 보류 해제
act-decline = 반려
act-merge-asked = 병합 요청
act-merge = 병합
act-take-in = 병합 수락
act-keep-out = 병합 거절
act-reopen = 재추진
act-admin = 관리

## Fields

field-title = 제목
field-type = 유형
field-problem = 현황·문제점
field-proposal = 개선 방안
field-reason = 제안 사유
field-needs = 추진 방식
field-per-year = 연간 횟수
field-minutes = 1회 소요 시간(분)
field-people = 투입 인원
field-hours = 연간 절감 시간
field-budget = 절감 예산(천 원)
field-basis = 산출 근거
field-cooperating = 협조부서
field-owner = 담당자
field-proposer = 제안자
field-co-proposers = 공동 제안자
field-due = 기한
field-until = 보류 기한
field-status = 상태
field-department = 담당 부서
field-note = 추진 상황
field-obstacle = 애로사항
field-next-steps = 향후 계획
field-opinion = 팀 의견
field-evidence = 완료 근거
field-comment = 보완할 내용
field-step = 추진 내용
field-target = 병합할 과제
field-replacement = 대체할 대표 과제
field-round = 회차

## How often a person hears of others' decisions

hearing-now = 바로 받기
hearing-daily = 하루 한 번
hearing-weekly = 일주일에 한 번

## Whose tasks a list shows

scope-mine = 내 과제
scope-team = 우리 팀
scope-dept = 우리 과
scope-bureau = 우리 실·국
scope-all = 전체

## Where an act was done

surface-command = 명령어
surface-modal = 입력 창
surface-home = 홈
surface-message = 메시지
surface-slack = 슬랙
surface-cli = 관리 명령
surface-tick = 자동
