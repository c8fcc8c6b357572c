import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { bareEnvironment } from './command.ts'
import { ROOT } from './paths.ts'

/** Runs `whatsapp-gateway` to its end, as a user types it. `said` is what it wrote of errors. */
export async function gatewayCommand(env: Record<string, string>, args: string[] = []) {
	const child = spawn(process.execPath, [join(ROOT, 'gateway/src/main.ts'), ...args], {
		env: { ...bareEnvironment(), PORT: '0', ...env },
		stdio: ['ignore', 'pipe', 'pipe'],
	})
	const [printed, said, [code]] = await Promise.all([
		text(child.stdout),
		text(child.stderr),
		once(child, 'exit'),
	])
	return { code: code as number, said, printed }
}
