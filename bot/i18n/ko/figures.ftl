### Dates and figures. The patterns are CLDR date patterns (EEE is the weekday).

pattern-date = yyyy. M. d.(EEE)
pattern-moment = yyyy. M. d.(EEE) HH:mm
figure-hours = { $hours }시간
# $length is the hours of a working day.
figure-days = { $days }일({ $length }시간 기준)
# $amount is in million won.
figure-money = { $amount }백만 원
figure-percent = { $percent }%
# A task's number is never grouped.
task-number = { NUMBER($number, useGrouping: 0) }번
