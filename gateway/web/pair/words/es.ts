import type { PairWords } from './index.ts'

export const words: PairWords = {
	steps: [
		'Abre WhatsApp en el teléfono',
		'Abre Ajustes y luego Dispositivos vinculados',
		'Toca Vincular un dispositivo y apunta el teléfono a este código',
	],
	qrAlt: 'Código QR que vincula un teléfono. Si no tienes cámara, escribe un código.',
	asking: 'Pidiendo un código a WhatsApp…',
	slow: 'WhatsApp aún no ha enviado ningún código.',
	slowAdvice: 'Espera un momento o inténtalo de nuevo.',
	tryAgain: 'Intentar de nuevo',
	nextCode: (seconds) => `Aparecerá un código nuevo en ${seconds} s`,
	phoneNumber: 'Número de teléfono',
	phoneHint: 'Con el prefijo del país: +34 612 345 678',
	getCode: 'Obtener un código',
	newCode: 'Código nuevo',
	copy: {
		copy: 'Copiar',
		copied: 'Copiado',
		selected: 'Seleccionado: pulsa Ctrl+C',
	},
	typeIt: (minutes) =>
		`En el teléfono: Dispositivos vinculados, Vincular un dispositivo, Vincular con el número de teléfono. Válido durante ${minutes} minutos.`,
	fullList:
		'Si el teléfono no vincula más dispositivos: WhatsApp permite cuatro. Elimina uno en Dispositivos vinculados.',
	title: 'Conecta tu WhatsApp',
	loading: 'Cargando…',
	howToLink: 'Forma de vincular',
	ways: {
		qr: 'Escanear un código QR',
		code: 'Escribir un código',
	},
	connected: 'Conectado. Ya puedes cerrar esta página. Conserva WhatsApp en el teléfono.',
	finishing: 'Terminando en el teléfono…',
	notLive: 'Sin conexión: intentando conectar de nuevo…',
	passkeyStep: {
		titles: {
			challenge: 'WhatsApp pide la llave de acceso',
			waiting: 'Esperando al teléfono…',
			confirm: 'Compara el código',
			finishing: 'Terminando en el teléfono…',
		},
		hints: {
			challenge:
				'Confirma con la llave de acceso de este número en cinco minutos. Mantén WhatsApp abierto en el teléfono; puede tener tres dispositivos vinculados como máximo.',
			waiting: 'Mantén WhatsApp abierto en el teléfono. Continúa en dos minutos.',
			confirm: 'Compara este código con el del teléfono.',
			finishing: 'El teléfono vincula el dispositivo. Mantén WhatsApp abierto.',
		},
		failed: () =>
			'No se pudo vincular con la llave de acceso. Espera unos minutos y empieza con un código QR nuevo.',
		newQr: 'Código QR nuevo',
		timeLeft: (time) => `Tiempo restante: ${time}`,
		same: 'El teléfono muestra el mismo',
		other: 'Muestra otro',
		doNotConfirm:
			'No confirmes: alguien podría estar entre tú y WhatsApp. La vinculación termina sola.',
		helper:
			'Si el asistente de llaves de acceso de esta pasarela está instalado en este navegador:',
		byHelper: 'Abrir WhatsApp Web',
		byExtension: 'Confirmar en WhatsApp Web',
		withoutExtension: 'Confirmar sin extensión',
		extension: 'Una extensión de otro fabricante ahorra estos pasos:',
		extensionSays: (text) => `La extensión dice: ${text}`,
		byHand: [
			'En un ordenador, abre esta página, sus herramientas de desarrollo (F12) y allí la consola:',
			'Copia estas líneas y pégalas allí. Es posible que el navegador te pida permiso.',
			'Pulsa el botón que aparece allí y elige la llave de acceso de este número.',
			'Vuelve y pega la respuesta aquí.',
		],
		lines: 'Líneas para la consola',
		answer: 'Respuesta del navegador',
		send: 'Enviar la respuesta',
		incomplete: 'Esta no es la respuesta completa. Cópiala otra vez.',
	},
	consent: (until, who) =>
		`Funciona una sola vez, hasta: ${until}. Después, ${who ?? 'quien lo envió'} podrá leer y enviar mensajes con tu WhatsApp. Puedes deshacerlo en cualquier momento: Dispositivos vinculados en el teléfono.`,
	servedBy: (host) => `Servido por ${host}`,
	endings: {
		linked: 'Ya se vinculó un teléfono con este enlace.',
		expired: 'Este enlace ha caducado.',
		revoked: 'Este enlace fue retirado.',
		used_up: 'Se pidieron demasiados códigos con este enlace.',
		gone: 'Este enlace ya no es válido.',
		elsewhere: 'Este enlace ya se abrió en otro dispositivo.',
	},
	askForNew: (who) => `Pide uno nuevo a ${who ?? 'quien lo envió'}.`,
	problems: {
		incomplete: 'Este enlace está incompleto. Ábrelo otra vez.',
		unreachable: 'El servidor no responde.',
		connected: 'Este número ya está conectado aquí.',
		number: 'WhatsApp no aceptó este número de teléfono. Escríbelo con el prefijo del país.',
		noCode: 'WhatsApp aún no ha enviado ningún código.',
		tooOften: 'Demasiados intentos. Espera un momento e inténtalo de nuevo.',
		failed: 'No ha funcionado. Inténtalo de nuevo más tarde.',
	},
}
