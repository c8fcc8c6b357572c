import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import { Hono } from 'hono'
import type { OwnerDirectory, Whereabouts } from '../../../../gateway/src/http/forward/directory.ts'
import { createForwarding } from '../../../../gateway/src/http/forward/index.ts'
import { noteHonoursKey } from '../../../../gateway/src/http/forward/request-scope.ts'
import { createHttpServer } from '../../../../gateway/src/http/server.ts'
import { createLog } from '../../../../gateway/src/log.ts'
import type { Sessions } from '../../../../gateway/src/session/sessions.ts'
import { atEnd, temporaryDirectory } from '../../../support/directories.ts'
import { CLUSTER_KEY } from '../../../support/gateway/front.ts'

/** Who has each session, as a database would say. */
export type Owners = Map<string, { node: string; epoch: number }>

export type Node = Awaited<ReturnType<typeof openNode>>

const nodes = new WeakMap<Owners, Map<string, string>>()

function directoryOf(name: string, owners: Owners): OwnerDirectory {
	async function find(session: string): Promise<Whereabouts> {
		const owner = owners.get(session)
		if (!owner) return { is: 'unknown' }
		if (owner.node === name) return { is: 'here', epoch: owner.epoch }
		const address = nodes.get(owners)!.get(owner.node)
		return address ? { is: 'elsewhere', ...owner, address } : { is: 'nowhere' }
	}
	return {
		node: () => name,
		isHere: (session) => owners.get(session)?.node === name,
		find,
		async waitForOwner(session, { ms, not, signal }) {
			const end = Date.now() + ms
			for (;;) {
				const found = await find(session)
				const isUseful = found.is !== 'nowhere' && !('epoch' in found && found.epoch === not)
				if (isUseful || Date.now() >= end || signal?.aborted) return found
				await new Promise((resolve) => setTimeout(resolve, 10))
			}
		},
		listed: async () => [...owners.keys()].map((id) => ({ id, view: () => ({ id }) }) as never),
	}
}

/**
 * A gateway as small as can be, with its two ports. `POST /:session/act` and `GET /:session/look` do what `act` says;
 * `POST /act` finds the session in its body.
 */
export async function openNode(
	t: TestContext,
	name: string,
	owners: Owners,
	act: (request: Request, body: string) => Promise<Response> | Response,
	sendTimeoutMs = 10_000,
) {
	const directory = directoryOf(name, owners)
	const log: string[] = []
	const forwarding = createForwarding({
		...{ directory, key: CLUSTER_KEY, sendTimeoutMs, tempDir: await temporaryDirectory(t) },
		whileBodyComes: (_, work) => work,
		log: createLog('debug', { write: (line) => void log.push(line) }),
	})
	const here = (id: string) => ({ id, view: () => ({ id }) })
	const sessions = forwarding.sessions({
		find: (id: string) => (directory.isHere(id) ? here(id) : undefined),
		list: () => [...owners.keys()].filter(directory.isHere).map(here),
		get: (id: string) => here(id),
	} as unknown as Sessions)

	const app = new Hono()
	app.use(async (_, next) => {
		noteHonoursKey()
		await next()
	})
	app.get('/', (c) => c.json(sessions.list().map((session) => session.view())))
	app.post('/act', async (c) => {
		const body = await c.req.text()
		const { session } = JSON.parse(body)
		if (!sessions.find(session)) return c.text(`no ${session}`, 404)
		return act(c.req.raw, body)
	})
	app.all('/:session/:what', async (c) => {
		if (!sessions.find(c.req.param('session'))) return c.text('no such session', 404)
		return act(c.req.raw, c.req.method === 'GET' ? '' : await c.req.text())
	})
	app.onError((error, c) => c.text((error as { code?: string }).code ?? String(error), 503))

	const publicServer = createHttpServer({ fetch: forwarding.publicFetch(app.fetch) })
	const internalServer = createHttpServer({ fetch: forwarding.internalFetch(app.fetch) })
	for (const server of [publicServer, internalServer]) {
		server.listen(0, '127.0.0.1')
		await once(server, 'listening')
	}
	const addressOf = (server: typeof publicServer) =>
		`http://127.0.0.1:${(server.address() as AddressInfo).port}`
	const known = nodes.get(owners) ?? new Map<string, string>()
	nodes.set(owners, known.set(name, addressOf(internalServer)))

	/** Cuts every connection of other gateways, and takes no more. */
	function die() {
		internalServer.close()
		internalServer.closeAllConnections()
	}
	atEnd(t, async () => {
		await forwarding.close()
		die()
		publicServer.close()
		publicServer.closeAllConnections()
	})
	return { name, url: addressOf(publicServer), internal: addressOf(internalServer), die, log }
}
