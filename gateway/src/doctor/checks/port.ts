import { createServer } from 'node:net'
import { fine, warning, wrong, type Check, type Finding } from '../check.ts'
import { gatewayAnswersAt, urlOf } from '../own-gateway.ts'
import { directoryUser } from '../../storage/json/lock.ts'

export const portCheck: Check = {
	name: 'port',
	title: 'Port',
	async run({ config, running }) {
		if (running) return fine(`The gateway listens on ${running.address()}.`)
		const { HOST, PORT, DATA_DIR } = config
		const code = await whyNotListening(HOST, PORT)
		if (!code) return fine(PORT ? `Port ${PORT} is free.` : 'Any free port is taken (PORT=0).')
		if (code === 'EADDRINUSE') return inUse(config, await directoryUser(DATA_DIR))
		const [sentence, advice] = refusals[code] ?? [
			`The gateway cannot listen on port ${PORT} of ${HOST} (${code}).`,
			'Choose another PORT or HOST.',
		]
		return wrong(sentence.replace('PORT', String(PORT)).replace('HOST', HOST), advice)
	},
}

const refusals: Record<string, [sentence: string, advice: string]> = {
	EACCES: [
		'This user may not listen on port PORT.',
		'Choose a port of 1024 or more, and let a reverse proxy take the low one.',
	],
	EADDRNOTAVAIL: [
		'HOST is not an address of this machine.',
		'Set HOST to one of its addresses, to 127.0.0.1, or to 0.0.0.0 for all of them.',
	],
	ENOTFOUND: ['The name HOST has no address, so nothing can listen there.', 'Correct HOST.'],
	EAI_AGAIN: [
		'The name HOST has no address at the moment, so nothing can listen there.',
		'Set HOST to an IP address.',
	],
}

async function inUse(
	{ HOST, PORT }: { HOST: string; PORT: number },
	user: string | undefined,
): Promise<Finding> {
	const url = urlOf(HOST, PORT)
	if (!(await gatewayAnswersAt(url)))
		return wrong(
			`Port ${PORT} is in use by another program.`,
			'Stop that program, or choose another port: PORT=3100.',
		)
	if (user) return fine(`The gateway answers at ${url}.`)
	return warning(
		`Port ${PORT} is in use by a gateway that has another DATA_DIR.`,
		'If a second gateway shall run, choose another port for it: PORT=3100. Otherwise name the DATA_DIR of the first one.',
	)
}

/** Listens for a moment. @returns the code of the error if that fails */
function whyNotListening(host: string, port: number): Promise<string | undefined> {
	const server = createServer()
	return new Promise((resolve) => {
		server.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code ?? 'an error'))
		server.listen(port, host, () => server.close(() => resolve(undefined)))
	})
}
