import type { PairWords } from './index.ts'

export const words: PairWords = {
	steps: [
		'Ouvrez WhatsApp sur le téléphone',
		'Ouvrez Paramètres, puis Appareils connectés',
		'Touchez Connecter un appareil et pointez le téléphone vers ce code',
	],
	qrAlt: 'Code QR qui connecte un téléphone. Sans appareil photo, saisissez plutôt un code.',
	asking: 'Demande d’un code à WhatsApp…',
	slow: 'WhatsApp n’a pas encore envoyé de code.',
	slowAdvice: 'Patientez un instant ou réessayez.',
	tryAgain: 'Réessayer',
	nextCode: (seconds) => `Un nouveau code apparaît dans ${seconds} s`,
	phoneNumber: 'Numéro de téléphone',
	phoneHint: 'Avec l’indicatif du pays : +33 6 12 34 56 78',
	getCode: 'Obtenir un code',
	newCode: 'Nouveau code',
	copy: {
		copy: 'Copier',
		copied: 'Copié',
		selected: 'Sélectionné : appuyez sur Ctrl+C',
	},
	typeIt: (minutes) =>
		`Sur le téléphone : Appareils connectés, Connecter un appareil, Connecter plutôt avec le numéro de téléphone. Valable ${minutes} minutes.`,
	fullList:
		'Si le téléphone ne connecte plus d’appareil : WhatsApp en permet quatre. Supprimez-en un dans Appareils connectés.',
	title: 'Connectez votre WhatsApp',
	loading: 'Chargement…',
	howToLink: 'Façon de connecter',
	ways: {
		qr: 'Scanner un code QR',
		code: 'Saisir un code',
	},
	connected: 'Connecté. Vous pouvez fermer cette page. Gardez WhatsApp sur votre téléphone.',
	finishing: 'Finalisation sur le téléphone…',
	notLive: 'Hors ligne : nouvelle tentative de connexion…',
	passkeyStep: {
		titles: {
			challenge: 'WhatsApp demande la clé d’accès',
			waiting: 'En attente du téléphone…',
			confirm: 'Comparez le code',
			finishing: 'Fin de la liaison sur le téléphone…',
		},
		hints: {
			challenge:
				'Confirmez avec la clé d’accès de ce numéro dans les cinq minutes. Gardez WhatsApp ouvert sur le téléphone ; il peut avoir trois appareils connectés au plus.',
			waiting: 'Gardez WhatsApp ouvert sur le téléphone. Cela continue dans les deux minutes.',
			confirm: 'Comparez ce code avec celui du téléphone.',
			finishing: 'Le téléphone connecte l’appareil. Gardez WhatsApp ouvert.',
		},
		failed: () =>
			'La connexion avec la clé d’accès a échoué. Attendez quelques minutes, puis recommencez avec un nouveau code QR.',
		newQr: 'Nouveau code QR',
		timeLeft: (time) => `Temps restant : ${time}`,
		same: 'Le téléphone affiche le même',
		other: 'Il en affiche un autre',
		doNotConfirm:
			'Ne confirmez pas : quelqu’un se trouve peut-être entre vous et WhatsApp. La connexion prend fin d’elle-même.',
		helper: 'Si l’assistant de clés d’accès de cette passerelle est installé dans ce navigateur :',
		byHelper: 'Ouvrir WhatsApp Web',
		byExtension: 'Confirmer sur WhatsApp Web',
		withoutExtension: 'Confirmer sans extension',
		extension: 'Une extension d’un autre éditeur évite ces étapes :',
		extensionSays: (text) => `L’extension indique : ${text}`,
		byHand: [
			'Sur un ordinateur, ouvrez cette page, ses outils de développement (F12) et sa console :',
			'Copiez ces lignes et collez-les-y. Le navigateur peut demander une autorisation.',
			'Appuyez sur le bouton qui y apparaît et choisissez la clé d’accès de ce numéro.',
			'Revenez et collez la réponse ici.',
		],
		lines: 'Lignes pour la console',
		answer: 'Réponse du navigateur',
		send: 'Envoyer la réponse',
		incomplete: 'Ce n’est pas la réponse entière. Copiez-la encore une fois.',
	},
	consent: (until, who) =>
		`Fonctionne une seule fois, jusqu’à : ${until}. Ensuite, ${who ?? 'la personne qui l’a envoyé'} pourra lire et envoyer des messages avec votre WhatsApp. Vous pouvez annuler cela à tout moment : Appareils connectés sur le téléphone.`,
	servedBy: (host) => `Servi par ${host}`,
	endings: {
		linked: 'Un téléphone a déjà été connecté avec ce lien.',
		expired: 'Ce lien a expiré.',
		revoked: 'Ce lien a été retiré.',
		used_up: 'Trop de codes ont été demandés avec ce lien.',
		gone: 'Ce lien n’est plus valable.',
		elsewhere: 'Ce lien a déjà été ouvert sur un autre appareil.',
	},
	askForNew: (who) => `Demandez-en un nouveau à ${who ?? 'la personne qui l’a envoyé'}.`,
	problems: {
		incomplete: 'Ce lien est incomplet. Ouvrez-le à nouveau.',
		unreachable: 'Le serveur ne répond pas.',
		connected: 'Ce numéro est déjà connecté ici.',
		number: 'WhatsApp n’a pas accepté ce numéro de téléphone. Écrivez-le avec l’indicatif du pays.',
		noCode: 'WhatsApp n’a pas encore envoyé de code.',
		tooOften: 'Trop de tentatives. Patientez un instant, puis réessayez.',
		failed: 'Cela n’a pas fonctionné. Réessayez plus tard.',
	},
}
