### What the programme costs people: distributions, never names.

burden-title = What the programme asks of people
burden-messages = Direct messages a person
burden-taps = Taps a person
# The figures are counts a person.
burden-spread = { $label }: median { $median } · 90 % at most { $ninth } · most { $most }
burden-goal = Goal: at most { $goal } messages a member a quarter · members beyond it: { $over }
burden-explained = Reminders of one's own dates and lines that only one person sees are left out. Nobody's figures are shown.
