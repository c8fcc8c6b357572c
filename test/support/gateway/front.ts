import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import { createGateway, type Gateway, type GatewayOptions } from '../../../gateway/src/app.ts'
import type { OwnerDirectory } from '../../../gateway/src/http/forward/directory.ts'
import { createInternalServer } from '../../../gateway/src/http/server.ts'
import type { Document, Storage } from '../../../gateway/src/storage/driver.ts'
import { jsonStorage } from '../../../gateway/src/storage/json/index.ts'
import { atEnd, temporaryDirectory } from '../directories.ts'

export const CLUSTER_KEY = 'a-key-of-a-cluster-for-tests-only'

const unused = async () => {
	throw new Error('all sessions are here')
}

/** The directory of a gateway that has all sessions. */
export const everythingHere: OwnerDirectory = {
	node: () => 'back',
	isHere: () => true,
	find: unused,
	waitForOwner: unused,
	listed: async () => [],
}

/** Lets two gateways share their documents, as a database does. */
export function sharedDocuments(storage: Storage): Storage {
	const documents = new Map<string, Promise<Document<unknown>>>()
	return {
		...storage,
		document<T>(name: string, ...rest: [initial: () => T, shape: never]) {
			const known = documents.get(name) ?? storage.document<T>(name, ...rest)
			documents.set(name, known as Promise<Document<unknown>>)
			return known as Promise<Document<T>>
		},
		async remove(name) {
			documents.delete(name)
			await storage.remove(name)
		},
	}
}

/** Documents of another storage, and no sessions. */
function withoutSessions(shared: Storage, own: Storage): Storage {
	const isOfSessions = (name: string) => /^sessions/.test(name)
	return {
		...own,
		document: (name, ...rest) =>
			isOfSessions(name) ? own.document(name, ...rest) : shared.document(name, ...rest),
	}
}

/** Serves on a port of this machine. @returns the address */
export async function serveAt(t: TestContext, server: Server): Promise<string> {
	server.listen(0, '127.0.0.1')
	await once(server, 'listening')
	atEnd(t, () => {
		server.close()
		server.closeAllConnections()
	})
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/**
 * A gateway that begins without a session, and forwards what is about those of `back` to its internal port.
 * @param options those of `back`
 */
export async function openFront(t: TestContext, back: Gateway, options: GatewayOptions) {
	const internal = back.forwarding!.internalFetch(back.app().fetch)
	const address = await serveAt(t, createInternalServer({ fetch: internal }))
	const dataDir = await temporaryDirectory(t)
	const own = await jsonStorage(dataDir, { onLost: unused })
	const at = { is: 'elsewhere', node: 'back', address, epoch: 1 } as const
	const find = async (session: string) =>
		back.sessions.find(session) ? at : ({ is: 'unknown' } as const)
	const directory: OwnerDirectory = {
		node: () => 'front',
		isHere: (session) => front.sessions.find(session) !== undefined,
		find,
		waitForOwner: find,
		listed: async () =>
			back.sessions.list().map(({ id, view, tags, settings, dialectData, proxy }) => ({
				...{ id, view, tags, settings, dialectData, proxy },
			})),
	}
	const front: Gateway = await createGateway({
		...options,
		config: { ...options.config, DATA_DIR: dataDir },
		storage: withoutSessions(options.storage, own),
		forwarding: { directory, key: CLUSTER_KEY },
	})
	atEnd(t, () => front.stop())
	return front
}

/** What makes a session; a gateway makes them itself. */
const creates = new RegExp(
	'^(/api/v1/sessions|/api/sessions|/instance/create|/session/new|/v2/session/create|/workspaces/[^/]+/proxy/api/sessions)/*$',
)

type App = ReturnType<Gateway['app']>

/** The application of a gateway, as it is reached by another one. */
export async function throughFront(
	t: TestContext,
	{ gateway, own, given }: { gateway: Gateway; own: App; given: GatewayOptions },
): Promise<App> {
	const front = await openFront(t, gateway, given)
	const forwards = front.forwarding!.publicFetch(front.app().fetch)
	const here = gateway.forwarding!.publicFetch(own.fetch)
	async function fetch(request: Request, env: object = {}): Promise<Response> {
		const { pathname } = new URL(request.url)
		const isNew = request.method === 'POST' && creates.test(pathname)
		return (isNew || pathname.startsWith('/sandbox') ? here : forwards)(request, env)
	}
	const request = (path: string, init?: RequestInit, env?: object) =>
		fetch(new Request(`http://localhost${path}`, init), env)
	return Object.assign(Object.create(own) as App, { fetch, request })
}
