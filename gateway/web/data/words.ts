import type { SessionView } from './console-state.ts'

/** How a state is: the colour of its pill. */
export type Mood = 'good' | 'warn' | 'bad' | 'quiet'

/** What a person can do about the state of a number: the one button of its card. */
export type Step = 'qr' | 'passkey' | 'connect' | 'disconnect' | 'delete'

export type StatusWords = {
	pill: string
	mood: Mood
	sentence?: string
	step?: Step
	label?: string
}

const STORAGE_FAILED: StatusWords = {
	pill: 'Stopped',
	mood: 'bad',
	sentence: 'The disk could not be written. Make room, then connect.',
	step: 'connect',
	label: 'Connect',
}

const PHONE_OUTDATED: StatusWords = {
	pill: 'Stopped',
	mood: 'bad',
	sentence: 'WhatsApp on the phone is too old. Update it and link again.',
	step: 'qr',
	label: 'Show QR code',
}

const RESTRICTED: StatusWords = {
	pill: 'Limited by WhatsApp',
	mood: 'bad',
	sentence: 'WhatsApp limits this account for a while. Connecting earlier makes it last longer.',
	step: 'connect',
	label: 'Connect anyway',
}

/** What a reason makes of a status. */
const ofReason: Record<string, StatusWords> = {
	'closed storage_failed': STORAGE_FAILED,
	'closed phone_app_outdated': PHONE_OUTDATED,
	'blocked account_restricted': RESTRICTED,
}

const ofStatus: Record<SessionView['status'], StatusWords> = {
	created: { pill: 'Not linked yet', mood: 'warn', step: 'qr', label: 'Show QR code' },
	linking: {
		pill: 'Waiting for a scan',
		mood: 'warn',
		sentence: 'Scan the code with the phone.',
		step: 'qr',
		label: 'Show QR code',
	},
	passkey: {
		pill: 'Waiting for the passkey',
		mood: 'warn',
		sentence: 'WhatsApp asks for the passkey of this number.',
		step: 'passkey',
		label: 'Confirm',
	},
	connecting: { pill: 'Connecting…', mood: 'warn' },
	open: { pill: 'Connected', mood: 'good', step: 'disconnect', label: 'Disconnect' },
	closed: {
		pill: 'Disconnected by you',
		mood: 'quiet',
		sentence: 'Nothing is sent or received until you connect.',
		step: 'connect',
		label: 'Connect',
	},
	logged_out: {
		pill: 'Unlinked on the phone',
		mood: 'bad',
		sentence: 'This device was removed under Linked devices. Scan again; webhooks and keys stay.',
		step: 'qr',
		label: 'Show QR code',
	},
	replaced: {
		pill: 'Used by another program',
		mood: 'bad',
		sentence:
			'Another program uses this link. Stop it first, or both lose the connection by turns.',
		step: 'connect',
		label: 'Connect',
	},
	blocked: {
		pill: 'Blocked by WhatsApp',
		mood: 'bad',
		sentence: 'Open WhatsApp on the phone: it says what you can do.',
		step: 'connect',
		label: 'Connect',
	},
	outdated: {
		pill: 'Gateway is too old',
		mood: 'bad',
		sentence: 'WhatsApp refuses this version. Update the gateway.',
	},
	corrupt: {
		pill: 'Files are damaged',
		mood: 'bad',
		sentence: 'Restore a backup, or delete this number and link it again.',
		step: 'delete',
		label: 'Delete',
	},
}

/** The words for the state of a number. */
export function wordsOf({ status, last_disconnect }: SessionView): StatusWords {
	const reason = last_disconnect?.reason ?? ''
	const words = ofReason[`${status} ${reason}`] ?? ofStatus[status]
	if (status === 'created' && reason === 'qr_expired')
		return { ...words, sentence: 'Nobody scanned the code in time.' }
	if (status === 'created' && reason === 'link_refused')
		return { ...words, sentence: 'WhatsApp refused it: the phone may have four linked devices.' }
	return words
}

/** Said of a number that connects for more than 20 seconds. */
export const SLOW_CONNECTION = 'WhatsApp does not answer. Trying again by itself; messages wait.'

const moods: Mood[] = ['bad', 'warn', 'quiet', 'good']

/** Trouble first, then by name. */
export function byTrouble(a: SessionView, b: SessionView): number {
	const rank = (view: SessionView) => moods.indexOf(wordsOf(view).mood)
	return rank(a) - rank(b) || a.name.localeCompare(b.name)
}

/** A phone number as people read it; what is no number stays as it is. */
export function phoneOf({ me }: SessionView): string {
	return me?.phone ? `+${me.phone}` : 'No phone linked'
}
