### The words of the programme. A code such as in_progress is the key …-in-progress.

## Types of task

type-abolish = Abolish
type-reduce = Reduce
type-consolidate = Consolidate
type-improve = Improve
type-transfer = Transfer
type-digitise = Digitise

## Reasons

reason-goal-reached = Goal reached
reason-no-response = No public response
reason-law-changed = Law or circumstances changed
reason-custom = Custom only
reason-waste = Waste of money or effort
reason-duplication = Duplication
reason-other = Other

## What a task needs

need-undecided = Undecided
need-immediate = Immediate
need-budget = Needs budget
need-ordinance = Needs an ordinance
need-guideline = Needs a rule or guideline
need-ministry = Needs a ministry

## Status

status-draft = Draft
status-submitted = Submitted
status-revision-requested = Revision requested
status-confirmed = Confirmed
status-in-progress = In progress
status-on-hold = On hold
status-done = Done
status-declined = Declined
status-withdrawn = Withdrawn
status-merged = Merged
status-overdue = Overdue

## Roles

role-member = Member
role-lead = Team lead
role-head = Department head
role-director = Director
role-hq = Headquarters

## Units

unit-bureau = Bureau
unit-department = Department
unit-team = Team

## Milestones of the tracks

milestone-budget-request = Budget requested
milestone-budget-review = Budget reviewed
milestone-budget-approved = Budget approved
milestone-ordinance-notice = Public notice
milestone-ordinance-committee = Ordinance committee
milestone-ordinance-assembly = Assembly
milestone-ordinance-promulgation = Promulgation
milestone-guideline-draft = Draft
milestone-guideline-consultation = Consultation
milestone-guideline-issue = Issued
milestone-ministry-submission = Submitted to the ministry
milestone-ministry-reply = Ministry's reply
milestone-ministry-application = Applied

## Acts: names of buttons, of history entries and in refusals

act-propose = Propose
act-join = Join as co-proposer
act-edit = Edit
act-withdraw = Withdraw
act-note = Progress note
act-plan = Action plan
act-milestone = Milestones
act-complete = Report completion
act-stopped = Stopped already
act-opinion = Team's opinion
act-assign = Change the owner
act-due = Change the due date
act-confirm = Confirm
act-revise = Ask for revision
act-hold = Put on hold
act-resume = End the hold
act-decline = Decline
act-merge-asked = Ask for a merge
act-merge = Merge
act-take-in = Accept the merge
act-keep-out = Refuse the merge
act-reopen = Take up again
act-admin = Administer

## Fields

field-title = Title
field-type = Type
field-problem = What is wrong today
field-proposal = Proposal
field-reason = Reason
field-needs = What it needs
field-per-year = Times a year
field-minutes = Minutes each time
field-people = People
field-hours = Hours saved a year
field-budget = Budget saved (thousand won)
field-basis = Basis
field-cooperating = Cooperating departments
field-owner = Owner
field-proposer = Proposer
field-co-proposers = Co-proposers
field-due = Due
field-until = Hold until
field-status = Status
field-department = Department
field-note = Progress note
field-obstacle = Obstacle
field-next-steps = Next steps
field-opinion = Team's opinion
field-evidence = Evidence
field-comment = What to revise
field-step = Step
field-target = Task to merge into
field-replacement = Representative task instead
field-round = Round

## How often a person hears of others' decisions

hearing-now = At once
hearing-daily = Once a day
hearing-weekly = Once a week

## Whose tasks a list shows

scope-mine = Mine
scope-team = My team
scope-dept = My department
scope-bureau = My bureau
scope-all = All

## Where an act was done

surface-command = Command
surface-modal = Form
surface-home = Home
surface-message = Message
surface-slack = Slack
surface-cli = Command line
surface-tick = Automatic
