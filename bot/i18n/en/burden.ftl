### What the programme costs people: distributions, never names.

burden-title = What the programme asks of people
burden-messages = Direct messages per person
burden-taps = Taps and submissions per person
# The figures are counts a person.
burden-spread = { $label }: median { $median } · 90 % at most { $ninth } · most { $most }
burden-goal = Goal: at most { $goal } messages per member a quarter · members beyond it: { $over }
burden-few = With fewer than { $fewest } people the figures would show whose they are, so they are not shown.
burden-explained = Reminders of one's own dates and lines that only one person sees are left out. Nobody's figures are shown.
