import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
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

function sourceHash(): string {
	const hash = createHash('sha256')
	for (const file of globSync(SOURCES, { cwd: ROOT }).sort())
		hash.update(`${file}\0`).update(readFileSync(join(ROOT, file)))
	return hash.digest('hex').slice(0, 16)
}

const packed = (home: string): PackedNodes => ({
	tarball: join(home, 'nodes.tgz'),
	directory: join(home, 'package'),
})

/** Builds and packs the n8n package as it would be published, once for each state of its sources. */
export async function packNodes(): Promise<PackedNodes> {
	const home = join(CACHE, 'packed', sourceHash())
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

/** Builds what the gateway serves to browsers: its pages and the API reference. */
export async function buildPages(): Promise<void> {
	await oneAtATime(join(CACHE, 'pages'), async () => {
		await run('npx', ['gulp', 'web', 'reference', '--silent'], { cwd: ROOT })
	})
}
