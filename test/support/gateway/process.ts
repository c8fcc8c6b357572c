import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { startNode } from '../child.ts'
import { ROOT } from '../paths.ts'
import { freePort } from '../ports.ts'
import { memoryOf } from '../process-memory.ts'
import { ADMIN_KEY, atEnd, temporaryDirectory } from './gateway.ts'

/** Starts a gateway in a process of its own, to measure its memory. Resolves when it answers. */
export async function openGatewayProcess(t: TestContext, settings: NodeJS.ProcessEnv) {
	const directory = await temporaryDirectory(t)
	const port = await freePort()
	// As `npm start` does.
	const command = ['--max-semi-space-size=8', join(ROOT, 'gateway/src/main.ts')]
	const gateway = startNode('The gateway', command, {
		cwd: directory,
		log: join(directory, 'gateway.log'),
		env: {
			...process.env,
			PORT: String(port),
			DATA_DIR: join(directory, 'data'),
			ADMIN_KEY,
			...settings,
		},
	})
	atEnd(t, gateway.stop)
	const url = `http://127.0.0.1:${port}`
	await gateway.answers(`${url}/health`, 30_000)
	return {
		port,
		url,
		dataDir: join(directory, 'data'),
		/** What it has logged. */
		log: () => readFile(join(directory, 'gateway.log'), 'utf8'),
		/** The names of its temporary files. */
		leftovers: () => readdir(join(directory, 'data/tmp')),
		/** In bytes. */
		memory: (kind: Parameters<typeof memoryOf>[1]) => memoryOf(gateway.pid, kind),
	}
}
