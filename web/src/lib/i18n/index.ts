export { language, startLocale, t, type MessageKey } from './i18n.svelte.ts';
