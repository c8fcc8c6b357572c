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
	passkey: 'O celular pede uma chave de acesso',
	noPasskey: (who) =>
		`Esta versão ainda não faz essa etapa. Peça ajuda a ${who ?? 'quem enviou o link'}.`,
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
		number: 'O WhatsApp não aceitou este número de telefone. Escreva-o com o código do país.',
		noCode: 'O WhatsApp ainda não enviou nenhum código.',
		tooOften: 'Foram tentativas demais. Aguarde um momento e tente de novo.',
		failed: 'Não funcionou. Tente de novo mais tarde.',
	},
}
