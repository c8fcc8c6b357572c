import type { PairWords } from './index.ts'

export const words: PairWords = {
	steps: [
		'Apri WhatsApp sul telefono',
		'Apri Impostazioni, poi Dispositivi collegati',
		'Tocca Collega un dispositivo e inquadra questo codice con il telefono',
	],
	qrAlt: 'Codice QR che collega un telefono. Senza fotocamera, digita un codice.',
	asking: 'Richiesta di un codice a WhatsApp…',
	slow: 'WhatsApp non ha ancora inviato un codice.',
	slowAdvice: 'Attendi un momento o riprova.',
	tryAgain: 'Riprova',
	nextCode: (seconds) => `Un nuovo codice appare tra ${seconds} s`,
	phoneNumber: 'Numero di telefono',
	phoneHint: 'Con il prefisso del paese: +39 312 345 6789',
	getCode: 'Ottieni un codice',
	newCode: 'Nuovo codice',
	copy: {
		copy: 'Copia',
		copied: 'Copiato',
		selected: 'Selezionato: premi Ctrl+C',
	},
	typeIt: (minutes) =>
		`Sul telefono: Dispositivi collegati, Collega un dispositivo, Collega con numero di telefono. Valido per ${minutes} minuti.`,
	fullList:
		'Se il telefono non collega altri dispositivi: WhatsApp ne consente quattro. Rimuovine uno in Dispositivi collegati.',
	title: 'Collega il tuo WhatsApp',
	loading: 'Caricamento…',
	howToLink: 'Come collegare',
	ways: {
		qr: 'Scansiona un codice QR',
		code: 'Digita un codice',
	},
	connected: 'Collegato. Puoi chiudere questa pagina. Tieni WhatsApp sul telefono.',
	finishing: 'Completamento sul telefono…',
	notLive: 'Non in linea: nuovo tentativo di connessione…',
	passkeyStep: {
		titles: {
			challenge: 'WhatsApp chiede la passkey',
			waiting: 'In attesa del telefono…',
			confirm: 'Confronta il codice',
			finishing: 'Si conclude sul telefono…',
		},
		hints: {
			challenge:
				'Conferma con la passkey di questo numero entro cinque minuti. Tieni WhatsApp aperto sul telefono; può avere al massimo tre dispositivi collegati.',
			waiting: 'Tieni WhatsApp aperto sul telefono. Continua entro due minuti.',
			confirm: 'Confronta questo codice con quello sul telefono.',
			finishing: 'Il telefono collega il dispositivo. Tieni WhatsApp aperto.',
		},
		failed: () =>
			'Il collegamento con la passkey non è riuscito. Aspetta qualche minuto e ricomincia con un nuovo codice QR.',
		newQr: 'Nuovo codice QR',
		timeLeft: (time) => `Tempo rimasto: ${time}`,
		same: 'Il telefono mostra lo stesso',
		other: 'Ne mostra un altro',
		doNotConfirm:
			'Non confermare: qualcuno potrebbe trovarsi tra te e WhatsApp. Il collegamento termina da solo.',
		helper: 'Se l’assistente per le passkey di questo gateway è installato in questo browser:',
		byHelper: 'Apri WhatsApp Web',
		byExtension: 'Conferma su WhatsApp Web',
		withoutExtension: 'Conferma senza estensione',
		extension: 'Un’estensione di un altro produttore evita questi passaggi:',
		extensionSays: (text) => `L’estensione dice: ${text}`,
		byHand: [
			'Su un computer, apri questa pagina, i suoi strumenti di sviluppo (F12) e lì la console:',
			'Copia queste righe e incollale lì. Il browser potrebbe chiederti il permesso.',
			'Premi il pulsante che appare lì e scegli la passkey di questo numero.',
			'Torna qui e incolla la risposta.',
		],
		lines: 'Righe per la console',
		answer: 'Risposta del browser',
		send: 'Invia la risposta',
		incomplete: 'Questa non è la risposta completa. Copiala di nuovo.',
	},
	consent: (until, who) =>
		`Funziona una sola volta, fino a: ${until}. In seguito ${who ?? 'chi lo ha inviato'} potrà leggere e inviare messaggi con il tuo WhatsApp. Puoi annullare in qualsiasi momento: Dispositivi collegati sul telefono.`,
	servedBy: (host) => `Fornito da ${host}`,
	endings: {
		linked: 'Un telefono è già stato collegato con questo link.',
		expired: 'Questo link è scaduto.',
		revoked: 'Questo link è stato ritirato.',
		used_up: 'Sono stati richiesti troppi codici con questo link.',
		gone: 'Questo link non è più valido.',
		elsewhere: 'Questo link è già stato aperto su un altro dispositivo.',
	},
	askForNew: (who) => `Chiedine uno nuovo a ${who ?? 'chi lo ha inviato'}.`,
	problems: {
		incomplete: 'Questo link è incompleto. Aprilo di nuovo.',
		unreachable: 'Il server non risponde.',
		connected: 'Questo numero è già collegato qui.',
		number:
			'WhatsApp non ha accettato questo numero di telefono. Scrivilo con il prefisso del paese.',
		noCode: 'WhatsApp non ha ancora inviato un codice.',
		tooOften: 'Troppi tentativi. Attendi un momento, poi riprova.',
		failed: 'Non ha funzionato. Riprova più tardi.',
	},
}
