import { createHash } from 'node:crypto'
import {
	cpSync,
	existsSync,
	globSync,
	mkdirSync,
	readFileSync,
	renameSync,
	rmSync,
	symlinkSync,
} from 'node:fs'
import { join } from 'node:path'
import { run } from './command.ts'
import { oneAtATime } from './lock.ts'
import { CACHE, ROOT } from './paths.ts'

export interface PackedNodes {
	/** What `npm publish` would upload. */
	tarball: string
	/** The same, unpacked. */
	directory: string
}

const SOURCES = [
	'{nodes,credentials,icons}/**/*.*',
	'{package.json,README.md,LICENSE,gulpfile.js,tsconfig*.json}',
]

function hashOf(files: string[]): string {
	const hash = createHash('sha256')
	for (const file of files) hash.update(`${file}\0`).update(readFileSync(join(ROOT, file)))
	return hash.digest('hex').slice(0, 16)
}

const packed = (home: string): PackedNodes => ({
	tarball: join(home, 'nodes.tgz'),
	directory: join(home, 'package'),
})

/** Builds and packs the n8n package as it would be published, once for each state of its sources. */
export async function packNodes(): Promise<PackedNodes> {
	const home = join(CACHE, 'packed', hashOf(globSync(SOURCES, { cwd: ROOT }).sort()))
	// Test files run side by side, and two builds would write the same dist.
	await oneAtATime(join(CACHE, 'packing'), async () => {
		if (!existsSync(home)) await pack(home)
	})
	return packed(home)
}

async function pack(home: string): Promise<void> {
	const draft = `${home}-draft`
	rmSync(draft, { recursive: true, force: true })
	mkdirSync(draft, { recursive: true })
	await run('npm', ['run', 'clean'], { cwd: ROOT })
	await run('npm', ['pack', '--pack-destination', draft], { cwd: ROOT })
	const [tarball = ''] = globSync('*.tgz', { cwd: draft })
	renameSync(join(draft, tarball), packed(draft).tarball)
	await run('tar', ['-xzf', 'nodes.tgz'], { cwd: draft })
	renameSync(draft, home)
}

const GATEWAY_SOURCES = [
	'{gateway,icons}/**/*.*',
	'gateway/LICENSE',
	'{package.json,package-lock.json,gulpfile.js,tsconfig*.json,.prettierrc.json}',
]
const NOT_SOURCES = ['gateway/{dist,node_modules,data}/**']

const gatewayFiles = (): string[] =>
	globSync(GATEWAY_SOURCES, { cwd: ROOT, exclude: NOT_SOURCES }).sort()

/**
 * Packs the gateway as it would be published, once for each state of its sources, and out of a copy of them: no file that an
 * earlier build has left is in it, and no other test sees the build.
 * @returns the path of the tarball
 */
export async function packGateway(): Promise<string> {
	const home = join(CACHE, 'packed-gateway', hashOf(gatewayFiles()))
	const tarball = join(home, 'gateway.tgz')
	await oneAtATime(join(CACHE, 'packing-gateway'), async () => {
		if (!existsSync(tarball)) await packCopy(join(home, 'sources'), tarball)
	})
	return tarball
}

async function packCopy(sources: string, tarball: string): Promise<void> {
	rmSync(sources, { recursive: true, force: true })
	for (const file of gatewayFiles())
		cpSync(join(ROOT, file), join(sources, file), { recursive: true })
	for (const folder of ['node_modules', 'gateway/node_modules'])
		if (existsSync(join(ROOT, folder))) symlinkSync(join(ROOT, folder), join(sources, folder))
	await run('npm', ['pack', '-w', 'gateway', '--pack-destination', sources], { cwd: sources })
	const [packed = ''] = globSync('*.tgz', { cwd: sources })
	renameSync(join(sources, packed), tarball)
	rmSync(sources, { recursive: true })
}

/** Builds what the gateway serves to browsers: its pages and the API reference. */
export async function buildPages(): Promise<void> {
	await oneAtATime(join(CACHE, 'pages'), async () => {
		await run('npx', ['gulp', 'web', 'reference', '--silent'], { cwd: ROOT })
	})
}
