import { t } from '#lib/i18n/index.ts';
import type { EditFault } from './edit.ts';

/** What is wrong with what was typed, and how to write it. */
export function faultSentence(fault: EditFault): string {
	switch (fault.why) {
		case 'bad_time':
			return t('entries.bad_time');
		case 'bad_end':
			return t('entries.bad_end');
		case 'bad_duration':
			return t('entries.bad_duration');
		case 'skipped_time':
			return t('entries.skipped_time', { time: fault.time });
	}
}
