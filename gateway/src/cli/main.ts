import { fail } from './errors.ts'
import { run } from './run.ts'

/** Does what the command line says. A failure ends the process. */
export async function main(): Promise<void> {
	await run(process.argv.slice(2)).catch(fail)
}
