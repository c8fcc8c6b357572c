/** What the page says of linking with a passkey. */
export const passkeyWords = {
	titles: {
		challenge: 'WhatsApp asks for the passkey',
		waiting: 'Waiting for the phone…',
		confirm: 'Compare the code',
		finishing: 'Finishing on the phone…',
	},
	hints: {
		challenge:
			'Confirm with the passkey of this number within five minutes. Keep WhatsApp open on the phone; it may have three linked devices at most.',
		waiting: 'Keep WhatsApp open on the phone. It goes on within two minutes.',
		confirm: 'Compare this code with the one on the phone.',
		finishing: 'The phone links the device. Keep WhatsApp open.',
	},
	/** @param sentence what the gateway says, in English */
	failed: (sentence: string) => sentence,
	newQr: 'New QR code',
	timeLeft: (time: string) => `Time left: ${time}`,
	same: 'The phone shows the same',
	other: 'It shows another',
	doNotConfirm:
		'Do not confirm: somebody may stand between you and WhatsApp. Linking ends by itself.',
	helper: 'If the passkey helper of this gateway is installed in this browser:',
	byHelper: 'Open WhatsApp Web',
	byExtension: 'Confirm on WhatsApp Web',
	withoutExtension: 'Confirm without an extension',
	extension: 'An extension of another maker saves these steps:',
	extensionSays: (text: string) => `The extension says: ${text}`,
	byHand: [
		'On a computer, open this page and its developer tools (F12), and there the console:',
		'Copy these lines and paste them there. The browser may ask you to allow it.',
		'Press the button that appears there, and choose the passkey of this number.',
		'Come back and paste the answer here.',
	],
	lines: 'Lines for the console',
	answer: 'Answer of the browser',
	send: 'Send the answer',
	incomplete: 'This is not the whole answer. Copy it once more.',
}

export type PasskeyWords = typeof passkeyWords
