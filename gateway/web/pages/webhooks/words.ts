import type { WebhookView } from '../../data/console-state.ts'

/** A target without its scheme and query: what people tell it by. */
export function placeOf(url: string): string {
	const { host, pathname } = new URL(url)
	return `${host}${pathname}`
}

/** What came of the last attempt. */
export function lastWord({ last_attempt: last, disabled_at }: WebhookView): string {
	if (disabled_at) return 'off'
	if (!last) return 'nothing sent yet'
	return `${last.status ?? 'no answer'}, ${new Date(last.at).toLocaleTimeString()}`
}

type Hint = { when(webhook: WebhookView): boolean; text(webhook: WebhookView): string }

/** What to do about a cause, the most telling first. */
const hints: Hint[] = [
	{
		when: ({ url, last_attempt }) => last_attempt?.status === 404 && url.includes('/webhook-test/'),
		text: () =>
			"n8n's test address listens for one call only; activate the workflow and use its production address.",
	},
	{
		when: ({ disabled_at, last_attempt }) => disabled_at !== null && last_attempt?.status === 410,
		text: () => 'The receiver said it is gone; it was turned off.',
	},
	{
		when: ({ last_attempt }) => /not allowed|private/i.test(last_attempt?.why ?? ''),
		text: ({ url }) => `Add ${new URL(url).host} to WEBHOOK_ALLOW.`,
	},
	{
		when: ({ delivery }) => delivery?.down_since != null,
		text: ({ delivery }) =>
			`Does not answer since ${new Date(delivery!.down_since!).toLocaleTimeString()}; tried every minute, nothing is lost.`,
	},
	{
		when: ({ last_attempt }) => last_attempt?.why != null,
		text: ({ last_attempt }) => last_attempt!.why!,
	},
]

/** What to do about a webhook; undefined if all is well. */
export function hintFor(webhook: WebhookView): string | undefined {
	return hints.find(({ when }) => when(webhook))?.text(webhook)
}
