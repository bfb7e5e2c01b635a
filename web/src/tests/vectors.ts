import durations from '../../../testdata/vectors/durations.json' with { type: 'json' };
import localTimes from '../../../testdata/vectors/local_times.json' with { type: 'json' };
import spans from '../../../testdata/vectors/spans.json' with { type: 'json' };
import weeks from '../../../testdata/vectors/weeks.json' with { type: 'json' };

const files = { durations, local_times: localTimes, spans, weeks };

/** A file of `testdata/vectors`, which the Rust tests read too, in the shape that its test expects. */
export function vectors<T>(name: keyof typeof files): T {
	return files[name] as unknown as T;
}
