export const week = {
	'week.title': 'Week',
	'week.previous': 'Previous week',
	'week.next': 'Next week',
	'week.back': 'Back to this week',
	'week.of_target': '{duration} of {target}',
	'week.copy': 'Copy last week',
	'week.copying': 'Copying {done} of {all}',
	'week.copied': {
		one: '{count} entry copied from last week.',
		other: '{count} entries copied from last week.'
	},
	'week.copy_empty': 'Last week has no entries to copy.',
	'week.copy_refused_title': {
		one: '{count} entry was not copied',
		other: '{count} entries were not copied'
	},
	'week.copy_refused_text': 'Nothing that was in this week changed. Add what is missing by hand.',
	'week.undo_named': 'Undo: {what}',
	'week.undone': 'Taken back: {what}.',
	'week.nothing_to_undo': 'Nothing to undo',
	'week.project': 'Project',
	'week.total': 'Total',
	'week.cell': '{project}, {day}',
	'week.entries_count': { one: '{count} entry', other: '{count} entries' },
	'week.running': 'running',
	'week.add_row': 'Add a project',
	'week.remove_row': 'Take {project} out of the grid',
	'week.hint': 'Type 1:30, 1.5, 90m or 9-10:30. Arrow keys move, Tab or Enter saves, Escape takes back.',
	'week.empty': 'Your hours of this week will stand here, by project and day.',
	'week.open_day': 'Entries of {day}',
	'week.add_time': 'Add time on {day}',
	'week.time': 'Time',
	'week.time_hint': 'Such as 1:30, 1.5, 90m or 9-10:30',
	'week.add': 'Add',
	'week.nothing_typed': 'Write how long it took, such as 1:30, or from when to when, such as 9-10:30.',
	'week.refused': '{what}: {sentence}',
	'week.still_saving': 'The last change of this cell is still being saved. Press Enter again in a moment.',
	'week.why_negative': 'A duration cannot be negative.',
	'week.why_too_long': 'One entry of a day cannot last longer than 24 hours.',
	'week.why_out_of_range': 'Minutes go up to 59 and hours up to 24.',
	'week.why_ambiguous':
		'That could mean two things. Write minutes with two digits, such as 1:05, and a span with two different ends.',
	'week.why_unreadable': 'Write a duration such as 1:30, 1.5 or 90m, or a span such as 9-10:30.',
	'week.why_skipped': 'The clocks skip one of these times on this day. Choose another.',
	'week.why_repeated': 'The clocks show one of these times twice on this day. Give a duration instead.',
	'week.why_no_room':
		'The last entry of this day ends on another day. Say from when to when, such as 9-10:30.'
} as const;
