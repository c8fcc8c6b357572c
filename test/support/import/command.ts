import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { bareEnvironment } from '../command.ts'
import { ROOT } from '../paths.ts'

export type Ended = { code: number; said: string; complaint: string }

/** `whatsapp-gateway import …`, as a user types it. */
export function importing(dataDir: string, ...args: string[]): Promise<Ended> {
	const command = [join(ROOT, 'gateway/src/main.ts'), 'import', ...args]
	const env = { ...bareEnvironment(), DATA_DIR: dataDir, WEBHOOK_ALLOW: '127.0.0.1' }
	return new Promise((resolve) => {
		const child = execFile(process.execPath, command, { env }, (_, said, complaint) =>
			resolve({ code: child.exitCode ?? -1, said, complaint }),
		)
	})
}
