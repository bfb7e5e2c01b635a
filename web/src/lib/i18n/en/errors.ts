export const errors = {
	'errors.unreachable': 'No connection to the server. Nothing was lost: try again when you are online.',
	'errors.unavailable': 'The server cannot answer right now. Nothing was lost: try again in a moment.',
	'errors.too_many': 'Too many requests. Try again in {seconds} seconds.',
	'errors.too_many_attempts':
		'Too many attempts with a wrong password. Wait, and try again in {minutes} min. Your entries are safe.',
	'errors.not_signed_in': 'Your session has ended. Sign in again to go on.',
	'errors.credentials': 'E-mail or password is not right.',
	'errors.forbidden': 'Your role does not allow this. Ask an administrator.',
	'errors.not_found': 'This does not exist, or it is not yours to see.',
	'errors.already_clocked_in': 'You were already clocked in since {time}. Nothing was changed.',
	'errors.already_clocked_in_plain': 'You were already clocked in. Nothing was changed.',
	'errors.not_clocked_in': 'You were not clocked in, so there was nothing to end.',
	'errors.overlap': 'This would overlap your entry from {start} to {end}. Change one of the two.',
	'errors.overlap_open':
		'This would overlap the entry that has been running since {start}. Clock out first, or end earlier.',
	'errors.overlap_plain': 'This would overlap another entry. Change one of the two.',
	'errors.conflict': 'Something else changed at the same moment. Nothing was lost: try again.',
	'errors.stale': 'This was changed elsewhere in the meantime. Look at the new state, then change it again.',
	'errors.invalid': 'That cannot be saved: {detail}',
	'errors.invalid_plain': 'That cannot be saved. Check what you entered.',
	'errors.too_large': 'That is too large to send.',
	'errors.week_approved': 'This week is approved. Ask for it to be reopened first.',
	'errors.unknown': 'That did not work, and nothing was changed. {detail}'
} as const;
