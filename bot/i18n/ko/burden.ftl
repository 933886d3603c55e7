### What the programme costs people: distributions, never names.

burden-title = 참여 부담
burden-messages = 1인당 개인 메시지
burden-taps = 1인당 버튼 누름·제출
# The figures are counts a person.
burden-spread = { $label }: 중앙값 { $median } · 90%는 { $ninth } 이하 · 최대 { $most }
burden-goal = 팀원 목표 분기 { $goal }건 이하 · 초과한 팀원 { $over }명
burden-few = 근무하는 분이 { $fewest }명보다 적으면 누구의 수치인지 알 수 있어 보여 드리지 않습니다.
burden-explained = 본인 기한 알림과 본인에게만 보이는 안내는 뺀 수치입니다. 누구의 수치인지는 보이지 않습니다.
