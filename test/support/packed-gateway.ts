import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './command.ts'
import { packGateway } from './pack.ts'

/**
 * Installs the packed gateway into an empty directory, as `npx` does: from a tarball, without sources.
 * @returns the program that npm links there
 */
export async function installGateway(directory: string): Promise<string> {
	const tarball = await packGateway()
	mkdirSync(directory, { recursive: true })
	writeFileSync(join(directory, 'package.json'), '{"private": true}')
	const flags = ['--audit=false', '--fund=false', '--prefer-offline']
	await run('npm', ['install', ...flags, tarball], { cwd: directory })
	return join(directory, 'node_modules/.bin/whatsapp-gateway')
}
