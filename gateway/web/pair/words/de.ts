import type { PairWords } from './index.ts'

export const words: PairWords = {
	steps: [
		'WhatsApp auf dem Telefon öffnen',
		'Einstellungen öffnen, dann „Verknüpfte Geräte“',
		'Auf „Gerät hinzufügen“ tippen und das Telefon auf diesen Code richten',
	],
	qrAlt: 'QR-Code, der ein Telefon verknüpft. Ohne Kamera geben Sie stattdessen einen Code ein.',
	asking: 'Ein Code wird bei WhatsApp angefordert …',
	slow: 'WhatsApp hat noch keinen Code gesendet.',
	slowAdvice: 'Warten Sie einen Moment oder versuchen Sie es noch einmal.',
	tryAgain: 'Noch einmal versuchen',
	nextCode: (seconds) => `Ein neuer Code kommt von selbst in ${seconds} s`,
	phoneNumber: 'Telefonnummer',
	phoneHint: 'Mit der Landesvorwahl: +49 151 12345678',
	getCode: 'Code anfordern',
	newCode: 'Neuer Code',
	copy: {
		copy: 'Kopieren',
		copied: 'Kopiert',
		selected: 'Markiert: Strg+C drücken',
	},
	typeIt: (minutes) =>
		`Auf dem Telefon: „Verknüpfte Geräte“, „Gerät hinzufügen“, „Stattdessen mit Telefonnummer verknüpfen“. Gültig für ${minutes} Minuten.`,
	fullList:
		'Wenn das Telefon kein weiteres Gerät verknüpft: WhatsApp erlaubt vier. Entfernen Sie eines unter „Verknüpfte Geräte“.',
	title: 'WhatsApp verbinden',
	loading: 'Wird geladen …',
	howToLink: 'Art der Verknüpfung',
	ways: {
		qr: 'QR-Code scannen',
		code: 'Code eingeben',
	},
	connected: 'Verbunden. Sie können diese Seite schließen. Behalten Sie WhatsApp auf dem Telefon.',
	finishing: 'Wird auf dem Telefon abgeschlossen …',
	notLive: 'Keine Verbindung: Es wird weiter versucht …',
	passkeyStep: {
		titles: {
			challenge: 'WhatsApp verlangt den Passkey',
			waiting: 'Das Telefon ist an der Reihe …',
			confirm: 'Code vergleichen',
			finishing: 'Das Telefon schließt ab …',
		},
		hints: {
			challenge:
				'Bestätigen Sie innerhalb von fünf Minuten mit dem Passkey dieser Nummer. Lassen Sie WhatsApp auf dem Telefon geöffnet; es darf höchstens drei verknüpfte Geräte haben.',
			waiting:
				'Lassen Sie WhatsApp auf dem Telefon geöffnet. Es geht innerhalb von zwei Minuten weiter.',
			confirm: 'Vergleichen Sie diesen Code mit dem auf dem Telefon.',
			finishing: 'Das Telefon verknüpft das Gerät. Lassen Sie WhatsApp geöffnet.',
		},
		failed: () =>
			'Das Verknüpfen mit dem Passkey ist fehlgeschlagen. Warten Sie einige Minuten und beginnen Sie mit einem neuen QR-Code.',
		newQr: 'Neuer QR-Code',
		timeLeft: (time) => `Verbleibende Zeit: ${time}`,
		same: 'Das Telefon zeigt denselben',
		other: 'Es zeigt einen anderen',
		doNotConfirm:
			'Bestätigen Sie nicht: Jemand könnte zwischen Ihnen und WhatsApp stehen. Das Verknüpfen endet von selbst.',
		helper: 'Wenn die Passkey-Hilfe dieses Gateways in diesem Browser installiert ist:',
		byHelper: 'WhatsApp Web öffnen',
		byExtension: 'Auf WhatsApp Web bestätigen',
		withoutExtension: 'Ohne Erweiterung bestätigen',
		extension: 'Eine Erweiterung eines anderen Herstellers erspart diese Schritte:',
		extensionSays: (text) => `Die Erweiterung meldet: ${text}`,
		byHand: [
			'Öffnen Sie am Computer diese Seite, ihre Entwicklerwerkzeuge (F12) und dort die Konsole:',
			'Kopieren Sie diese Zeilen und fügen Sie sie dort ein. Der Browser verlangt vielleicht eine Erlaubnis.',
			'Drücken Sie die Schaltfläche, die dort erscheint, und wählen Sie den Passkey dieser Nummer.',
			'Kommen Sie zurück und fügen Sie die Antwort hier ein.',
		],
		lines: 'Zeilen für die Konsole',
		answer: 'Antwort des Browsers',
		send: 'Antwort senden',
		incomplete: 'Das ist nicht die ganze Antwort. Kopieren Sie sie noch einmal.',
	},
	consent: (until, who) =>
		`Funktioniert einmal, bis ${until}. ${who ?? 'Der Absender'} kann danach mit Ihrem WhatsApp Nachrichten lesen und senden. Sie können das jederzeit rückgängig machen: „Verknüpfte Geräte“ auf dem Telefon.`,
	servedBy: (host) => `Bereitgestellt von ${host}`,
	endings: {
		linked: 'Mit diesem Link wurde bereits ein Telefon verknüpft.',
		expired: 'Dieser Link ist abgelaufen.',
		revoked: 'Dieser Link wurde zurückgezogen.',
		used_up: 'Mit diesem Link wurden zu viele Codes angefordert.',
		gone: 'Dieser Link gilt nicht mehr.',
		elsewhere: 'Dieser Link wurde bereits auf einem anderen Gerät geöffnet.',
	},
	askForNew: (who) => `Bitten Sie ${who ?? 'die Person, die ihn gesendet hat,'} um einen neuen.`,
	problems: {
		incomplete: 'Dieser Link ist unvollständig. Öffnen Sie ihn noch einmal.',
		unreachable: 'Das Gateway antwortet nicht.',
		connected: 'Diese Nummer ist hier bereits verbunden.',
		number:
			'WhatsApp hat diese Telefonnummer nicht angenommen. Schreiben Sie sie mit der Landesvorwahl.',
		noCode: 'WhatsApp hat noch keinen Code gesendet.',
		tooOften: 'Das war zu oft. Warten Sie einen Moment und versuchen Sie es dann noch einmal.',
		failed: 'Das hat nicht geklappt. Versuchen Sie es später noch einmal.',
	},
}
