import { existsSync, globSync, readFileSync } from 'node:fs'
import { cp, mkdir, realpath, rm, symlink } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { run } from '../../../support/command.ts'
import { NPM_CACHE, type Engine } from './engine.ts'

export const BASE = 'docker.io/library/node:24-bookworm-slim'

/** Where npm takes the certificates of a registry from that has none of the well-known ones. */
const CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt'

/**
 * The nearest to Node's own image that can be made without its registry: a minimal system of Debian's packages, the
 * Node that runs this test, and the npm of this machine.
 */
export async function makeBaseImage(engine: Engine): Promise<void> {
	const root = join(engine.home, 'base')
	await run('debootstrap', ['--variant=minbase', 'bookworm', root, debianMirror()])
	await rm(join(root, 'var/cache/apt/archives'), { recursive: true, force: true })
	await cp(process.execPath, join(root, 'usr/local/bin/node'), { dereference: true })
	const npm = await directoryOfNpm()
	await cp(npm, join(root, 'usr/local/lib/node_modules/npm'), { recursive: true })
	for (const name of ['npm', 'npx'])
		await symlink(`../lib/node_modules/npm/bin/${name}-cli.js`, join(root, 'usr/local/bin', name))
	const changes = ['CMD ["node"]', `ENV npm_config_cache=${NPM_CACHE}`]
	const { NODE_EXTRA_CA_CERTS: extra } = process.env
	if (extra && existsSync(extra)) {
		await mkdir(dirname(join(root, CERTIFICATES)), { recursive: true })
		await cp(resolve(extra), join(root, CERTIFICATES), { dereference: true })
		changes.push(`ENV NODE_EXTRA_CA_CERTS=${CERTIFICATES}`)
	}
	await engine.importImage(root, BASE, changes)
	await rm(root, { recursive: true, force: true })
}

/** Not `npm root`: with the Node of `node_modules` in front, that is a directory without npm. */
async function directoryOfNpm(): Promise<string> {
	const program = await realpath((await run('which', ['npm'])).trim())
	return dirname(dirname(program))
}

/** The mirror that this machine uses. @throws if it uses none */
function debianMirror(): string {
	const files = ['/etc/apt/sources.list', ...globSync('/etc/apt/sources.list.d/*.{list,sources}')]
	for (const file of files.filter((file) => existsSync(file))) {
		const text = readFileSync(file, 'utf8')
		const found = /^(?:URIs:|deb (?:\[[^\]]*\] )?) *(\S*debian\S*)\/?(?:\s|$)/m.exec(text)
		if (found) return found[1]!
	}
	throw new Error('The package sources of this machine name no mirror of Debian.')
}
