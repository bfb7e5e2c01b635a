import { t } from '#lib/i18n/index.ts';
import type { Why } from './plan.ts';

/** Why nothing was saved, and how to write it. */
export function whySentence(why: Why): string {
	switch (why) {
		case 'negative':
			return t('week.why_negative');
		case 'too_long':
			return t('week.why_too_long');
		case 'out_of_range':
			return t('week.why_out_of_range');
		case 'ambiguous':
			return t('week.why_ambiguous');
		case 'unreadable':
			return t('week.why_unreadable');
		case 'skipped':
			return t('week.why_skipped');
		case 'repeated':
			return t('week.why_repeated');
		case 'no_room':
			return t('week.why_no_room');
	}
}
