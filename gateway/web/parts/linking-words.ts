import { createContext } from 'preact'
import { passkeyWords } from './passkey/words.ts'

/** What the parts say that link a phone. */
export const linkingWords = {
	steps: [
		'Open WhatsApp on the phone',
		'Open Settings, then Linked devices',
		'Tap Link a device and point the phone at this code',
	],
	qrAlt: 'QR code that links a phone. Without a camera, type a code instead.',
	asking: 'Asking WhatsApp for a code…',
	slow: 'WhatsApp has not sent a code yet.',
	slowAdvice: 'Check that the gateway reaches WhatsApp.',
	tryAgain: 'Try again',
	nextCode: (seconds: number) => `A new code comes by itself in ${seconds} s`,
	phoneNumber: 'Phone number',
	phoneHint: 'With its country code: +49 151 12345678',
	getCode: 'Get a code',
	newCode: 'New code',
	copy: { copy: 'Copy', copied: 'Copied', selected: 'Selected: press Ctrl+C' },
	typeIt: (minutes: number) =>
		`On the phone: Linked devices, Link a device, Link with phone number instead. Valid for ${minutes} minutes.`,
	fullList:
		'If the phone links no more devices: WhatsApp allows four. Remove one under Linked devices.',
	passkeyStep: passkeyWords,
}

/** The words in a language; the console speaks English. */
export type LinkingWords = typeof linkingWords

export const WordsOfLinking = createContext<LinkingWords>(linkingWords)
