import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { run } from './command.ts'
import { installLocked, withProgress, type Progress } from './install.ts'
import { n8nRest, type OwnerLogin } from './n8n-rest.ts'
import { N8N } from './paths.ts'
import { freePort } from './ports.ts'
import { startNode } from './child.ts'
import { missingTools } from './tools.ts'

export { outputOf, waitingFor } from './n8n-rest.ts'
export type {
	Credential,
	Execution,
	Row,
	Workflow,
	WorkflowDraft,
	WorkflowNode,
} from './n8n-rest.ts'

export const OWNER: OwnerLogin = { email: 'owner@example.com', password: 'Gateway-Demo-1' }

const STARTING_UP = 180_000

/** Where no ready-made build of n8n's database driver can be fetched, it is compiled with these. */
const COMPILER = ['g++', 'make', 'python3']

async function explainFailedInstall(cause: unknown): Promise<never> {
	const missing = await missingTools(...COMPILER)
	if (missing.length === 0) throw cause
	const need = `n8n's database driver must be compiled here. Please install ${missing.join(', ')}`
	throw new Error(need, { cause })
}

/** Installs n8n into test/n8n/node_modules: 2 GB and some minutes, once for each lock file. */
export const installN8n = (progress: Progress): Promise<void> =>
	installLocked(N8N, 'n8n (2 GB, once)', progress, ['sqlite3']).catch(explainFailedInstall)

/** As n8n itself installs a community package, except that the package comes from a file. */
async function installPackage(home: string, tarball: string): Promise<void> {
	const nodes = join(home, '.n8n', 'nodes')
	mkdirSync(nodes, { recursive: true })
	const flags = ['--bin-links=false', '--install-strategy=shallow', '--ignore-scripts=true']
	const more = ['--package-lock=false', '--legacy-peer-deps', '--audit=false', '--fund=false']
	await run('npm', ['install', '--prefix', nodes, ...flags, ...more, tarball], { cwd: nodes })
}

const isForeign = (name: string): boolean => /^(N8N|DB|EXECUTIONS|QUEUE|WEBHOOK)_/.test(name)

/** Only this machine, no telemetry, and none of the settings that the caller's own n8n may have. */
function environment(home: string, port: number, brokerPort: number): NodeJS.ProcessEnv {
	const inherited = Object.entries(process.env).filter(([name]) => !isForeign(name))
	return {
		...Object.fromEntries(inherited),
		N8N_USER_FOLDER: home,
		N8N_HOST: '127.0.0.1',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(port),
		N8N_PROTOCOL: 'http',
		N8N_SECURE_COOKIE: 'false',
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_RUNNERS_BROKER_LISTEN_ADDRESS: '127.0.0.1',
		N8N_RESTRICT_FILE_ACCESS_TO: home,
		DB_TYPE: 'sqlite',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_DIAGNOSTICS_CONFIG_FRONTEND: '',
		N8N_DIAGNOSTICS_CONFIG_BACKEND: '',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		N8N_AI_ENABLED: 'false',
		N8N_DISABLED_MODULES: 'mcp-registry',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_REINSTALL_MISSING_PACKAGES: 'false',
		EXTERNAL_FRONTEND_HOOKS_URLS: '',
	}
}

export interface N8nOptions {
	/** A folder of its own: database, encryption key and installed nodes live there. */
	home: string
	/** The packed nodes, see `packNodes`. */
	tarball: string
	/** Where n8n's own output goes. */
	log: string
	port?: number
	/** Settings of its own. */
	env?: Record<string, string>
	progress?: Progress
}

export type N8n = Awaited<ReturnType<typeof startN8n>>

/** A real n8n with the packed nodes installed, its owner logged in. */
export async function startN8n(options: N8nOptions) {
	const { tarball, log, port, env = {}, progress = () => {} } = options
	const home = resolve(options.home)
	await installPackage(home, tarball)
	const ownPort = port ?? (await freePort())
	const url = `http://127.0.0.1:${ownPort}`
	const n8n = startNode('n8n', [join(N8N, 'node_modules/n8n/bin/n8n'), 'start'], {
		env: { ...environment(home, ownPort, await freePort()), ...env },
		log,
	})
	try {
		await withProgress(progress, 'Starting n8n', () =>
			n8n.answers(`${url}/healthz/readiness`, STARTING_UP),
		)
		return { url, owner: OWNER, stop: n8n.stop, kill: n8n.kill, ...(await n8nRest(url, OWNER)) }
	} catch (error) {
		await n8n.stop()
		throw error
	}
}

/** A worker of an n8n in queue mode, which does what is in its queue. It shares the folder, whose nodes it has. */
export async function startN8nWorker({
	home,
	log,
	env = {},
}: Omit<N8nOptions, 'tarball' | 'port'>) {
	const port = await freePort()
	const worker = startNode('The worker of n8n', [join(N8N, 'node_modules/n8n/bin/n8n'), 'worker'], {
		env: {
			...environment(resolve(home), port, await freePort()),
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			QUEUE_HEALTH_CHECK_PORT: String(port),
			...env,
		},
		log,
	})
	await worker.answers(`http://127.0.0.1:${port}/healthz/readiness`, STARTING_UP)
	return worker
}
