import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createGateway, type Gateway } from '../app.ts'
import type { Config } from '../config/settings.ts'
import { isGatewayError } from '../errors.ts'
import type { Log } from '../log.ts'
import { watchSignal } from '../session/signal/watchdog.ts'
import { withAdminKey } from './admin-key.ts'
import { forwardingOf, listenToGateways } from './cluster.ts'
import { sayWhatIsMissing } from './missing.ts'
import { stopOnSignal } from './stop.ts'
import { expelled, openState } from './storage.ts'
import {
	consoleAddress,
	firstKeyText,
	firstStepsText,
	linkingGuide,
	print,
	sandboxGuide,
} from './terminal.ts'
import { builtInSandbox, serverOf, whatsAppServer } from './whatsapp-server.ts'

// How long a person waits for a QR; the sandbox asks for it right after a session was made.
const QR_WAIT_MS = 30_000

/** Requests that are under way at a signal get so long to be answered: most sends are acknowledged by then. */
const LAST_ANSWERS_MS = 3_000
/** The same with several gateways: another one answers, which has just got the session. */
const FORWARDED_MS = 10_000

/** Each session is closed in order, and what it has sent is acknowledged. */
const HAND_OVER_MS = 50_000

/** Serves until a signal says to stop. */
export async function serve(settings: Config, log: Log): Promise<void> {
	const { storage, membership } = await openState(settings, log)
	const config = await withAdminKey(settings, print)
	let address = ''
	const consoleUrl = () => consoleAddress(address, config)
	const guide = linkingGuide(() => address, consoleUrl, print)
	const sandbox =
		config.SANDBOX === true ? await builtInSandbox(config, { qrOf, sessionsOf }) : undefined
	const whatsapp = sandbox ? serverOf(sandbox) : await whatsAppServer(config)
	const onEvent = (event: Parameters<typeof guide>[0]) => void guide(event)
	const gateway = await createGateway({
		config,
		storage,
		membership,
		onExpelled: expelled(log),
		forwarding: await forwardingOf(config),
		whatsapp,
		log,
		address: () => address,
		...(!config.SANDBOX && { onEvent }),
	})
	const { server, internalServer, close } = gateway.servers(sandbox?.control)
	if (internalServer) await listenToGateways(internalServer, config.NODE_ADDRESS!)
	address = await listen(server, config)

	function sessionsOf(phone: string) {
		const views = gateway.sessions.list().map((session) => session.view())
		return views.flatMap(({ id, me }) => (me?.phone === phone ? [id] : []))
	}

	async function qrOf(session: string) {
		return (await gateway.sessions.get(session).qr(QR_WAIT_MS)).qr
	}

	async function stop() {
		await gateway.handOver()
		await close(membership ? FORWARDED_MS : LAST_ANSWERS_MS)
		await gateway.stop()
		await sandbox?.close()
	}

	stopOnSignal(stop, log, membership && HAND_OVER_MS)
	const key = await gateway.firstKey()
	if (key) print(firstKeyText(key, config))
	print(`WhatsApp gateway on ${address}${config.SANDBOX ? ', with a simulated WhatsApp' : ''}`)
	const { directory } = gateway
	const isEmpty = (await (directory?.views() ?? gateway.sessions.list())).length === 0
	if (config.SANDBOX && isEmpty) print(sandboxGuide(address, config.SANDBOX, consoleUrl()))
	else if (key) print(firstStepsText(consoleUrl()))
	else if (consoleUrl()) print(`In a browser: ${consoleUrl()}`)
	watchSignal(() => {
		log.fatal('encryption hangs, and only a restart helps: exiting with 71')
		process.exit(71)
	})
	gateway.start()
	void sayWhatIsMissing(config, log)
	if (!config.SANDBOX && isEmpty) await createMain(gateway.sessions)
}

/** Of gateways that start together one creates it. */
async function createMain(sessions: Gateway['sessions']): Promise<void> {
	await sessions.create({ id: 'main' }).catch((error: unknown) => {
		if (!isGatewayError(error, 'session_exists')) throw error
	})
}

async function listen(server: Server, { HOST, PORT }: Config): Promise<string> {
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject)
		server.listen(PORT, HOST, resolve)
	})
	const { port } = server.address() as AddressInfo
	return `http://${HOST.includes(':') ? `[${HOST}]` : HOST}:${port}`
}
