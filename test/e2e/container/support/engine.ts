import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from '../../../support/command.ts'
import { missingTools } from '../../../support/tools.ts'
import { until } from '../../../support/wait.ts'

const STARTING_MS = 300_000
/** Where npm keeps in an image what it has fetched. */
export const NPM_CACHE = '/var/cache/npm'
const TOOLS = ['podman', 'runc', 'debootstrap']

/** Why no containers can run here; undefined if they can. */
export async function whyNoEngine(): Promise<string | undefined> {
	if (process.getuid?.() !== 0) return 'only root may make file systems and containers'
	const missing = await missingTools(...TOOLS)
	return missing.length > 0 ? `needs ${missing.join(', ')}` : undefined
}

export type Engine = Awaited<ReturnType<typeof openEngine>>

/** Podman with images and containers of its own, which are gone when it is closed. */
export async function openEngine() {
	const home = process.env.ENGINE_TRY ?? (await mkdtemp(join(tmpdir(), 'engine-')))
	const config = join(home, 'containers.conf')
	await writeFile(config, settings())
	const env = { ...process.env, CONTAINERS_CONF: config }
	const place = ['--root', join(home, 'storage'), '--runroot', join(home, 'run')]
	const podman = (...args: string[]) =>
		run('podman', [...place, '--runtime', 'runc', ...args], { env })

	async function state(container: string): Promise<{ Status: string; ExitCode: number }> {
		type Inspected = { State: { Status: string; ExitCode: number } }
		const [found] = JSON.parse(await podman('container', 'inspect', container)) as Inspected[]
		return found!.State
	}

	return {
		home,
		podman,

		/** A directory that belongs to a user of a container. */
		async directory(name: string, owner: number): Promise<string> {
			const path = join(home, name)
			await mkdir(path, { mode: 0o700 })
			await run('chown', [`${owner}:${owner}`, path])
			return path
		},

		/** Makes an image of the files in a directory. */
		async importImage(root: string, name: string, changes: string[]): Promise<void> {
			const tar = spawn('tar', ['-C', root, '-c', '.'], { stdio: ['ignore', 'pipe', 'inherit'] })
			const options = changes.flatMap((change) => ['--change', change])
			const child = spawn('podman', [...place, 'import', '--quiet', ...options, '-', name], {
				env,
				stdio: [tar.stdout, 'ignore', 'inherit'],
			})
			await new Promise<void>((resolve, reject) => {
				child.on('error', reject)
				child.on('close', (code) =>
					code === 0 ? resolve() : reject(new Error(`podman import ended with ${code}`)),
				)
			})
		},

		/** Builds a stage of a Dockerfile. What npm has fetched on this machine before is not fetched again. */
		async build(context: string, target: string, name: string): Promise<void> {
			const cache = (await run('npm', ['config', 'get', 'cache'])).trim()
			await mkdir(cache, { recursive: true })
			const how = [
				'--pull=never',
				'--network=host',
				'--format=docker',
				`--volume=${cache}:${NPM_CACHE}`,
			]
			const stage = target ? [`--target=${target}`] : []
			await podman('build', '--quiet', ...how, ...stage, `--tag=${name}`, context)
		},

		/** Waits until the health check of a container passes. @param command another one than its image has */
		async healthy(container: string, command?: string[]): Promise<void> {
			const check = command ? ['exec', container, ...command] : ['healthcheck', 'run', container]
			await until(
				`${container} is healthy`,
				async () => {
					const { Status } = await state(container)
					if (Status !== 'running')
						throw new Error(`${container} is ${Status}:\n${await podman('logs', container)}`)
					return podman(...check).then(
						() => true,
						() => false,
					)
				},
				{ timeout: STARTING_MS },
			)
		},

		/** What a container has written so far. */
		logs: (container: string) =>
			run('sh', ['-c', 'exec "$@" 2>&1', 'sh', 'podman', ...place, 'logs', container], { env }),

		/** How a container is: its state, and its exit code once it has ended. */
		state,

		async close(): Promise<void> {
			// One by one: some live in the network of another, and that one would not go before them.
			for (const id of (await podman('ps', '--all', '--quiet')).split('\n').filter(Boolean))
				await podman('rm', '--force', '--ignore', '--depend', '--time', '1', id)
			await rm(join(home, 'storage/overlay'), { recursive: true, force: true })
			await rm(home, { recursive: true, force: true })
		},
	}
}

// Podman would raise the limits of each container, which not every root may do.
function settings(): string {
	const limits = readFileSync('/proc/self/limits', 'utf8')
	const hard = (name: string) => Number(new RegExp(`^${name} +\\S+ +(\\d+)`, 'm').exec(limits)?.[1])
	// It has no more processes itself than there are ids for them.
	const ids = Number(readFileSync('/proc/sys/kernel/pid_max', 'utf8'))
	const files = hard('Max open files')
	const processes = Math.min(hard('Max processes') || ids, ids)
	const ulimits = [`"nofile=${files}:${files}"`, `"nproc=${processes}:${processes}"`]
	return [
		'[containers]',
		`default_ulimits = [${ulimits.join(', ')}]`,
		'[engine]',
		'cgroup_manager = "cgroupfs"',
		'events_logger = "file"',
	].join('\n')
}
