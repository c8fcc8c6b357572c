#!/usr/bin/env node
import { parseArgs } from 'node:util'
import { startSandbox } from './index.ts'

const { values } = parseArgs({
	options: {
		port: { type: 'string', default: '3001' },
		host: { type: 'string', default: '127.0.0.1' },
		data: { type: 'string' },
		help: { type: 'boolean', default: false },
	},
})

if (values.help) {
	console.log(`A simulated WhatsApp for the gateway and for other clients.

  npm run sandbox -- [--port 3001] [--host 127.0.0.1] [--data DIR]

--data keeps its people and messages; without it they live as long as the process.`)
	process.exit()
}

const { port, host, data } = values
try {
	const sandbox = await startSandbox({
		port: Number(port),
		host,
		dataDir: data,
		servesControl: true,
	})
	const url = new URL('/sandbox', sandbox.wsUrl.replace('ws:', 'http:')).href
	console.log(`Simulated WhatsApp on ${url}

  curl ${url}             what a client must know
  curl ${url}/phones      its people
  npm start -- --sandbox=${url.replace('/sandbox', '')}     a gateway that links to it`)
	for (const signal of ['SIGINT', 'SIGTERM'] as const)
		process.once(signal, () => void sandbox.close().then(() => process.exit()))
} catch (error) {
	const busy = (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
	console.error(busy ? `Port ${port} is taken: choose another one with --port` : error)
	process.exit(1)
}
