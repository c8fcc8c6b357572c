import { linkingWords } from '../../parts/linking-words.ts'
import type { LinkEnding } from '../../../src/http/links/link-ended.ts'

const endings: Record<LinkEnding, string> = {
	linked: 'A phone was linked with this link already.',
	expired: 'This link has expired.',
	revoked: 'This link was taken back.',
	used_up: 'Too many codes were asked for with this link.',
	gone: 'This link is no longer valid.',
	elsewhere: 'This link was opened on another device already.',
}

export const words = {
	...linkingWords,
	slowAdvice: 'Wait a moment, or try again.',
	title: 'Connect your WhatsApp',
	loading: 'Loading…',
	howToLink: 'How to link',
	ways: { qr: 'Scan a QR code', code: 'Type a code' },
	connected: 'Connected. You can close this page. Keep WhatsApp on your phone.',
	finishing: 'Finishing on the phone…',
	notLive: 'Not live: trying to connect again…',
	consent: (until: string, who?: string) =>
		`Works once, until ${until}. ${who ?? 'The sender'} can then read and send messages with your WhatsApp. You can undo it at any time: Linked devices on the phone.`,
	servedBy: (host: string) => `Served by ${host}`,
	endings,
	askForNew: (who?: string) => `Ask ${who ?? 'whoever sent it'} for a new one.`,
	/** What the gateway says instead of doing what was asked. */
	problems: {
		incomplete: 'This link is not complete. Open it once more.',
		unreachable: 'The gateway does not answer.',
		connected: 'This number is connected here already.',
		number: 'WhatsApp did not accept this phone number. Write it with its country code.',
		noCode: 'WhatsApp has not sent a code yet.',
		tooOften: 'That was too often. Wait a moment, then try again.',
		failed: 'That did not work. Try again later.',
	},
}
