import type { PairWords } from './index.ts'

export const words: PairWords = {
	steps: [
		'Abra o WhatsApp no celular',
		'Abra Configurações e depois Dispositivos conectados',
		'Toque em Conectar dispositivo e aponte o celular para este código',
	],
	qrAlt: 'Código QR que conecta um celular. Sem câmera, digite um código.',
	asking: 'Pedindo um código ao WhatsApp…',
	slow: 'O WhatsApp ainda não enviou nenhum código.',
	slowAdvice: 'Aguarde um momento ou tente de novo.',
	tryAgain: 'Tentar de novo',
	nextCode: (seconds) => `Um novo código aparece em ${seconds} s`,
	phoneNumber: 'Número de telefone',
	phoneHint: 'Com o código do país: +55 11 91234-5678',
	getCode: 'Obter um código',
	newCode: 'Novo código',
	copy: {
		copy: 'Copiar',
		copied: 'Copiado',
		selected: 'Selecionado: pressione Ctrl+C',
	},
	typeIt: (minutes) =>
		`No celular: Dispositivos conectados, Conectar dispositivo, Conectar com número de telefone. Válido por ${minutes} minutos.`,
	fullList:
		'Se o celular não conectar mais dispositivos: o WhatsApp permite quatro. Remova um em Dispositivos conectados.',
	title: 'Conecte seu WhatsApp',
	loading: 'Carregando…',
	howToLink: 'Como conectar',
	ways: {
		qr: 'Escanear um código QR',
		code: 'Digitar um código',
	},
	connected: 'Conectado. Você pode fechar esta página. Mantenha o WhatsApp no celular.',
	finishing: 'Concluindo no celular…',
	notLive: 'Sem conexão: tentando conectar de novo…',
	passkeyStep: {
		titles: {
			challenge: 'O WhatsApp pede a chave de acesso',
			waiting: 'Aguardando o celular…',
			confirm: 'Compare o código',
			finishing: 'Concluindo no celular…',
		},
		hints: {
			challenge:
				'Confirme com a chave de acesso deste número em até cinco minutos. Mantenha o WhatsApp aberto no celular; ele pode ter no máximo três dispositivos conectados.',
			waiting: 'Mantenha o WhatsApp aberto no celular. Continua em até dois minutos.',
			confirm: 'Compare este código com o do celular.',
			finishing: 'O celular está conectando o dispositivo. Mantenha o WhatsApp aberto.',
		},
		failed: () =>
			'Não foi possível conectar com a chave de acesso. Aguarde alguns minutos e recomece com um novo QR code.',
		newQr: 'Novo QR code',
		timeLeft: (time) => `Tempo restante: ${time}`,
		same: 'O celular mostra o mesmo',
		other: 'Ele mostra outro',
		doNotConfirm:
			'Não confirme: alguém pode estar entre você e o WhatsApp. A conexão termina sozinha.',
		helper: 'Se o assistente de chaves de acesso deste gateway estiver instalado neste navegador:',
		byHelper: 'Abrir o WhatsApp Web',
		byExtension: 'Confirmar no WhatsApp Web',
		withoutExtension: 'Confirmar sem extensão',
		extension: 'Uma extensão de outro fabricante poupa estas etapas:',
		extensionSays: (text) => `A extensão diz: ${text}`,
		byHand: [
			'Em um computador, abra esta página, as ferramentas de desenvolvedor (F12) e nelas o console:',
			'Copie estas linhas e cole-as ali. O navegador pode pedir permissão.',
			'Aperte o botão que aparece ali e escolha a chave de acesso deste número.',
			'Volte e cole a resposta aqui.',
		],
		lines: 'Linhas para o console',
		answer: 'Resposta do navegador',
		send: 'Enviar a resposta',
		incomplete: 'Esta não é a resposta completa. Copie-a mais uma vez.',
	},
	consent: (until, who) =>
		`Funciona uma única vez, até: ${until}. Depois disso, ${who ?? 'quem o enviou'} poderá ler e enviar mensagens com seu WhatsApp. Você pode desfazer isso a qualquer momento: Dispositivos conectados no celular.`,
	servedBy: (host) => `Servido por ${host}`,
	endings: {
		linked: 'Um celular já foi conectado com este link.',
		expired: 'Este link expirou.',
		revoked: 'Este link foi retirado.',
		used_up: 'Foram pedidos códigos demais com este link.',
		gone: 'Este link não é mais válido.',
		elsewhere: 'Este link já foi aberto em outro dispositivo.',
	},
	askForNew: (who) => `Peça um novo a ${who ?? 'quem o enviou'}.`,
	problems: {
		incomplete: 'Este link está incompleto. Abra-o de novo.',
		unreachable: 'O servidor não responde.',
		connected: 'Este número já está conectado aqui.',
		number: 'O WhatsApp não aceitou este número de telefone. Escreva-o com o código do país.',
		noCode: 'O WhatsApp ainda não enviou nenhum código.',
		tooOften: 'Foram tentativas demais. Aguarde um momento e tente de novo.',
		failed: 'Não funcionou. Tente de novo mais tarde.',
	},
}
