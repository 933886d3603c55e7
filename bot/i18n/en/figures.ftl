### Dates and figures. The patterns are CLDR date patterns (EEE is the weekday).

pattern-date = EEE d MMM yyyy
pattern-moment = EEE d MMM yyyy HH:mm
figure-hours = { $hours ->
    [one] { $hours } hour
   *[other] { $hours } hours
}
# $length is the hours of a working day.
figure-days = { $days ->
    [one] { $days } day ({ $length } hours each)
   *[other] { $days } days ({ $length } hours each)
}
# $amount is in million won.
figure-money = ₩{ $amount } million
figure-percent = { $percent }%
# A task's number is never grouped.
task-number = #{ NUMBER($number, useGrouping: 0) }
