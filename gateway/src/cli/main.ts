import { X509Certificate } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer, type ServerType } from '@hono/node-server'
import { ConfigError, helpText, readConfig, type Config } from '../config.ts'
import type { WhatsAppServer } from '../session/connection/network.ts'
import { ImportError, readBaileysAuth } from '../session/import-baileys/index.ts'
import { watchSignal } from '../session/signal/watchdog.ts'
import { GatewayError } from '../errors.ts'
import { createGateway } from '../app.ts'
import { createLog, type Log } from '../log.ts'
import { startSandbox } from '../sandbox/index.ts'
import { type Sandbox } from '../sandbox/sandbox.ts'
import { DamagedError, type Storage } from '../storage/driver.ts'
import {
	changeOfCurtains,
	curtainFor,
	noCurtain,
	readKeyFile,
	StateKeyError,
} from '../storage/json/encryption.ts'
import { jsonStorage, type JsonStorageOptions } from '../storage/json/index.ts'
import type { Curtain } from '../storage/json/record-line.ts'
import { LockedError } from '../storage/json/lock.ts'
import { rewriteState } from '../storage/json/rekey.ts'
import { firstKeyText, linkingGuide } from './terminal.ts'

// How long a person waits for a QR; the sandbox asks for it right after a session was made.
const QR_WAIT_MS = 30_000

/** Runs the gateway until it is told to stop. */
export async function run(argv: string[]): Promise<void> {
	if (existsSync('.env')) process.loadEnvFile('.env')
	if (argv.includes('--help') || argv.includes('-h')) return print(helpText())
	const [command, ...rest] = ['import', 'rekey'].includes(argv[0]!) ? argv : ['', ...argv]
	const config = readConfig(process.env, command ? [] : rest)
	const log = createLog(config.LOG_LEVEL)
	if (command === 'rekey') return rekey(config, log)
	surviveBaileys(log)
	const storage = await openStorage(config, log)
	if (command === 'import') return importSession(storage, config, log, rest)
	let address = ''
	const guide = linkingGuide(() => address, print)
	const sandbox = config.SANDBOX === true ? await builtInSandbox(config, qrOf) : undefined
	const whatsapp = sandbox ? serverOf(sandbox) : await whatsAppServer(config)
	const onEvent = (event: Parameters<typeof guide>[0]) => void guide(event)
	const gateway = await createGateway({
		config,
		storage,
		whatsapp,
		log,
		address: () => address,
		...(!config.SANDBOX && { onEvent }),
	})
	const server = createAdaptorServer({ fetch: gateway.app(sandbox?.control).fetch })
	address = await listen(server, config)

	async function qrOf(session: string) {
		return (await gateway.sessions.get(session).qr(QR_WAIT_MS)).qr
	}

	async function stop() {
		server.close()
		await gateway.stop()
		await sandbox?.close()
	}

	stopOnSignal(stop)
	const key = await gateway.firstKey()
	if (key) print(firstKeyText(key))
	print(
		`WhatsApp gateway on ${address}${config.SANDBOX ? ' (linked to a simulated WhatsApp)' : ''}`,
	)
	watchSignal(() => {
		log.fatal('encryption hangs: only a restart mends that')
		process.exit(71)
	})
	gateway.start()
	if (!config.SANDBOX && gateway.sessions.list().length === 0)
		await gateway.sessions.create({ id: 'main' })
}

async function openStorage(config: Config, log: Log): Promise<Storage> {
	return jsonStorage(config.DATA_DIR, { curtain: await curtainOf(config), ...reportTo(log) })
}

function reportTo(log: Log): Pick<JsonStorageOptions, 'onLost' | 'onCut'> {
	return {
		onLost(err) {
			// Another process writes here now: every further write of ours would spoil its state.
			log.fatal({ err }, 'the data directory was taken over')
			process.exit(70)
		},
		onCut: (cut) => log.warn(cut, 'a commit that a crash had interrupted was cut off'),
	}
}

async function curtainOf({ STATE_KEY, STATE_KEY_FILE }: Config): Promise<Curtain> {
	const key = STATE_KEY ?? (STATE_KEY_FILE && (await readKeyFile(STATE_KEY_FILE)))
	return key ? curtainFor(key) : noCurtain
}

/** `rekey`: from the old key, or none, to the new one, or none. */
async function rekey(config: Config, log: Log) {
	const { DATA_DIR, OLD_STATE_KEY } = config
	const to = await curtainOf(config)
	const from = OLD_STATE_KEY ? curtainFor(OLD_STATE_KEY) : noCurtain
	const count = await rewriteState(DATA_DIR, changeOfCurtains(to, from), reportTo(log))
	const how = to === noCurtain ? 'without encryption' : 'encrypted with the STATE_KEY given now'
	print(`${count} parts of the state in ${DATA_DIR} were written anew, ${how}.`)
}

/** `import DIR [ID]`: goes on with a device that another Baileys program has linked. */
async function importSession(storage: Storage, config: Config, log: Log, argv: string[]) {
	const [directory, id = 'main'] = argv
	if (!directory)
		throw new ConfigError('Name the directory to import: whatsapp-gateway import DIR [SESSION]')
	try {
		const skipped = (file: string, why: unknown) => log.warn({ file, why: String(why) }, 'skipped')
		const changes = await readBaileysAuth(directory, skipped)
		const gateway = await createGateway({ config, storage, whatsapp: {}, log })
		await gateway.sessions.adopt(id, changes)
		print(`Imported as session ${id}. Start the gateway; never start again what used ${directory}.`)
	} finally {
		await storage.close()
	}
}

function print(text: string) {
	process.stdout.write(`${text}\n`)
}

function builtInSandbox({ DATA_DIR }: Config, qrOf: (session: string) => Promise<string>) {
	return startSandbox({ dataDir: `${DATA_DIR}/sandbox`, qrOf })
}

function serverOf({ wsUrl, noiseRoot, mediaCa }: Sandbox): WhatsAppServer {
	return { wsUrl, noiseRoot, mediaCa }
}

async function whatsAppServer(config: Config): Promise<WhatsAppServer> {
	if (typeof config.SANDBOX === 'string') return sandboxAt(config.SANDBOX)
	const { WHATSAPP_WS_URL: wsUrl, WHATSAPP_NOISE_ROOT: noiseRoot, WHATSAPP_MEDIA_CA: file } = config
	return { wsUrl, noiseRoot, mediaCa: file && (await readAuthority(file)) }
}

// TLS itself would pass over a file that holds none, and refuse every media host later.
async function readAuthority(file: string): Promise<string> {
	const pem = await readFile(file, 'utf8').catch(refuse(`Cannot read WHATSAPP_MEDIA_CA=${file}`))
	try {
		return new X509Certificate(pem).toString()
	} catch (cause) {
		throw new ConfigError(`WHATSAPP_MEDIA_CA=${file} holds no certificate in PEM`, { cause })
	}
}

async function sandboxAt(url: string): Promise<WhatsAppServer> {
	const asked = new URL('/sandbox', url)
	const response = await fetch(asked).catch(
		refuse(`No sandbox answers at ${asked}. Start it: npm run sandbox`),
	)
	if (!response.ok) throw new ConfigError(`${asked} answered ${response.status}: is it a sandbox?`)
	const { ws_url, noise_root, media_ca } = (await response.json()) as Record<string, string | null>
	return {
		wsUrl: ws_url ?? undefined,
		noiseRoot: noise_root ?? undefined,
		mediaCa: media_ca ?? undefined,
	}
}

function refuse(what: string) {
	return (cause: Error): never => {
		throw new ConfigError(what, { cause })
	}
}

async function listen(server: ServerType, { HOST, PORT }: Config): Promise<string> {
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject)
		server.listen(PORT, HOST, resolve)
	})
	const { port } = server.address() as AddressInfo
	return `http://${HOST.includes(':') ? `[${HOST}]` : HOST}:${port}`
}

// Baileys lets queries run whose failure nobody awaits: a reply that never came, a socket that closed. They
// are no reason to end; everything else that nobody caught is our bug, and going on could harm the state.
function surviveBaileys(log: Log) {
	process.on('unhandledRejection', (error) => {
		const isFromBaileys = (error as { isBoom?: boolean } | undefined)?.isBoom === true
		if (!isFromBaileys) fail(error as Error)
		log.warn({ err: error }, 'a query to WhatsApp failed')
	})
}

function stopOnSignal(stop: () => Promise<void>) {
	let stopping = false
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.on(signal, () => {
			// The second time somebody means it.
			if (stopping) process.exit(130)
			stopping = true
			stop().then(
				() => process.exit(0),
				(error) => fail(error),
			)
		})
	}
}

/** Ends with one line that says what to do, where we know; otherwise with everything. */
export function fail(error: NodeJS.ErrnoException & { port?: number }): never {
	const known = [
		ConfigError,
		LockedError,
		DamagedError,
		ImportError,
		StateKeyError,
		GatewayError,
	].some((kind) => error instanceof kind)
	const words =
		error.code === 'EADDRINUSE'
			? `Port ${error.port} is in use by another program. Choose another: PORT=3100 npm start`
			: known
				? error.message
				: (error.stack ?? String(error))
	process.stderr.write(`${words}\n`)
	process.exit(error instanceof LockedError ? 75 : 1)
}
