### The organisation file: its words, its mistakes, and the plan of an import.

## Headings of columns, separated by commas; spaces and signs do not matter.

roster-column-bureau = bureau
roster-column-department = department, division
roster-column-team = team
roster-column-name = name, full name
roster-column-title = title, position, post
roster-column-email = email, e-mail address, mail
roster-column-slack-id = slack id, slack, slack user id, member id
roster-column-bureau-channel = bureau channel
roster-column-department-channel = department channel, division channel
roster-column-role = role

## How columns are called to people

roster-label-bureau = bureau
roster-label-department = department
roster-label-team = team
roster-label-name = name
roster-label-title = title
roster-label-email = email
roster-label-slack-id = Slack ID
roster-label-address = email or Slack ID
roster-label-bureau-channel = bureau channel
roster-label-department-channel = department channel
roster-label-role = role

## How titles end, and the words of the role column

roster-title-chief = director
roster-title-head = department head, head of department
roster-title-lead = team lead, team leader
roster-title-acting = acting
roster-role-hq = hq, headquarters
roster-role-director = director
roster-role-head = head, department head
roster-role-lead = lead, team lead
roster-role-member = member
roster-role-coordinating = coordinating, coordinating team

roster-rule =
    Titles give roles.
    - A title ending in “팀장” (team lead) leads its team; one ending in “과장” or “담당관” (department head) heads its department.
    - Any other title ending in “장” (director) leads the unit of its row: a bureau, a department or a team.
    - Everyone else is a member. “직무대리” (acting) and words in brackets are passed over.
    - The role column (hq, director, head, lead, member) comes before the title. Only the role column makes someone headquarters.
    - “coordinating” in the role column makes the team its bureau's coordinating team; that person's role follows from the title.

## Mistakes of the file

roster-line = Line { NUMBER($line, useGrouping: 0) }
roster-other = line { NUMBER($other, useGrouping: 0) }

roster-file-too-big = The file is too big. Please keep it below { $limit } MB, or clear its formatting and save it again.
roster-file-old-excel = This is an old Excel file (.xls) or has a password. Please remove the password and save it as an Excel Workbook (.xlsx).
roster-file-unreadable = The file cannot be read. Please check that it is CSV or XLSX, and save it again in Excel.
roster-file-encoding = The characters cannot be read. Please save it as “CSV UTF-8” in Excel.
roster-csv-quotes = { roster-line }: a quotation mark is left open or over. Please remove it or close it.
roster-too-many-rows = At most { $limit } rows can be read. Please keep only the staff list in the file.
roster-no-header = There is no header. Please write bureau, department, team, name, title, email (or Slack ID) in the first line.
roster-column-missing = The column “{ $column }” is missing. Please add it to the header.
roster-column-twice = There are two columns “{ $column }”. Please keep one.
roster-column-unknown = “{ $heading }” is no known column. If it is one of those missing above, please correct the heading.
roster-column-ignored = The column “{ $heading }” is not used and was not read.
roster-empty = The list has no people. Please write one person a line below the header.

## Mistakes of a row

roster-formula = { roster-line }: the formula in “{ $column }” has no value. Please paste its value only.
roster-missing = { roster-line }: “{ $column }” is empty. Please fill it in.
roster-team-without-department = { roster-line }: { $team } has no department. Please fill it in.
roster-channel-without-department = { roster-line }: there is a department channel but no department. Please fill in the department or remove the channel.
roster-no-address = { roster-line }: { $name } has neither email nor Slack ID. Please fill in one of them.
roster-malformed-email = { roster-line }: “{ $value }” is not an email address. Please write it like name@example.go.kr.
roster-malformed-slack-id = { roster-line }: “{ $value }” is not a Slack ID. Please use “Copy member ID” in the Slack profile; it begins with U.
roster-malformed-bureau-channel = { roster-line }: the bureau channel “{ $value }” is not a channel ID. Please click the channel's name and copy what begins with C at the bottom.
roster-malformed-department-channel = { roster-line }: the department channel “{ $value }” is not a channel ID. Please click the channel's name and copy what begins with C at the bottom.
roster-too-long = { roster-line }: “{ $column }” may have { $limit } characters. Please shorten it.
roster-unknown-role = { roster-line }: “{ $role }” is no known role. Please leave it empty or write hq, director, head, lead, member or coordinating.
roster-coordinating-without-team = { roster-line }: a coordinating team needs a team. Please fill in the team or clear the role.
roster-director-not-at-bureau = { roster-line }: a director ({ $title }) with a department or team. Please clear both, or correct the role.
roster-head-not-at-department = { roster-line }: “{ $title }” reads as a department head, but the department is empty or a team is filled in. Please fill in the department only, or write lead or member as the role.
roster-lead-not-at-team = { roster-line }: “{ $title }” reads as a team lead, but the team is empty. Please fill in the team, or write member as the role.

## Mistakes of two rows

roster-two-names = { roster-line }: { $name } has the same email or Slack ID as { $first } in { roster-other }. Please make the names the same for one person, or correct the address.
roster-two-addresses = { roster-line }: the { $column } of { $known } differs from { roster-other }. Please correct one of them.
roster-two-channels = { roster-line }: the channel of { $unit } differs from { roster-other }. Please correct or clear one of them.
roster-two-coordinating = { roster-line }: { $unit } has a coordinating team in { roster-other } already. Please keep one.
roster-duplicate = { roster-line }: the same post of { $name } is there already (from { roster-other }). Please remove one of the lines.
roster-address-taken = { roster-line }: the { $column } of { $name } belongs to { $holder }, who is registered already. Please correct one of the addresses or leave the { $column } empty.

## What is worth a look

roster-warn-no-team = Please check ({ roster-line }): { $name } has no team and was read as serving the unit above directly.
roster-warn-several = Please check: { $unit } has more than one { $role } ({ $names }).
roster-warn-nobody = Please check: { $unit } has no { $role }. If there is one, please write it in the role column.
roster-warn-no-hq = Please check: nobody is headquarters. Please write “hq” in the role column.
roster-warn-many-leave = Please check: { $leaving } of the { $serving } people registered now are not in the file. Does it hold only part of the organisation?

## The plan

roster-plan-nothing = Nothing changes.
roster-plan-summary = Units: { $units-added } new, { $units-changed } changed, { $units-retired } retired / People: { $people-added } new, { $people-changed } changed, { $people-left } leaving
roster-plan-unit-added = + unit { $unit }
roster-plan-unit-retired = - unit { $unit }: no longer used (its tasks stay)
roster-plan-unit-revived = + unit { $unit }: used again
roster-plan-unit-spelled = ~ unit { $unit }: now spelled { $name }
roster-plan-unit-channel = ~ unit { $unit }: channel { $channel }
roster-plan-unit-coordinating =
    ~ unit { $unit }: { $coordinating ->
        [yes] becomes the coordinating team
       *[no] is no longer the coordinating team
    }
roster-plan-joins = + { $name }
roster-plan-leaves = - { $name }: not in the list
roster-plan-corrected = ~ { $name }: { $column } { $before } → { $after }
roster-plan-filled = ~ { $name }: { $column } { $after }
roster-plan-post-opened = + { $name }: { $unit } { $title } (role: { $role })
roster-plan-post-ended = - { $name }: { $unit } { $title }
roster-plan-post-retitled = ~ { $name }: { $unit }, title now { $title }
roster-plan-main-changes = ~ { $name }: another post is now the main one

## The first round

roster-first-round = Round 1 of { NUMBER($year, useGrouping: 0) }
