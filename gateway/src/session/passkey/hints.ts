import type { PasskeyStage } from '../../events/types/session-passkey.ts'

/** What to do in each stage, for the person with the phone. A failure has a sentence of its own. */
export const hints: Record<Exclude<PasskeyStage, 'failed'>, string> = {
	challenge:
		'Confirm on web.whatsapp.com with the passkey of this number, within five minutes. Keep WhatsApp open on the phone; it may have three linked devices at most.',
	waiting: 'Keep WhatsApp open on the phone. It goes on within two minutes.',
	confirm: 'Compare the code with the one on the phone, and confirm within two minutes.',
	finishing: 'The phone links the device. Keep WhatsApp open.',
}
