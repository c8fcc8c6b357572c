import { z } from '@hono/zod-openapi'
import { GatewayError } from '../../../errors.ts'
import { credentialsOf, placeOf } from '../../../lib/net/proxy-url.ts'
import type { Session } from '../../../session/session.ts'
import { endpoint, type Endpoint, type Services } from '../dialect.ts'
import { withForeignFieldNames } from '../foreign-field-names.ts'
import { refused } from './errors.ts'
import { flag } from './fields.ts'
import { instanceIdOf, instanceNameOf } from './instance-ids.ts'
import { sessionOf } from './session.ts'

const port = z.union([z.string(), z.number()]).transform(String)
const optional = z.string().nullish()

const proxy = z.object({
	enabled: flag,
	host: z.string(),
	port,
	protocol: z.string().meta({ examples: ['http'] }),
	username: optional,
	password: optional,
})

export type EvolutionProxy = z.output<typeof proxy>

/** A proxy as fields of a request that creates an instance. */
export const proxyFields = {
	proxyHost: optional,
	proxyPort: port.nullish(),
	proxyProtocol: optional,
	proxyUsername: optional,
	proxyPassword: optional,
}

type ProxyFields = z.output<z.ZodObject<typeof proxyFields>>

/** The proxy that a request for a new instance names; undefined if it names none. */
export function proxyUrlFrom(given: ProxyFields): string | undefined {
	const { proxyHost: host, proxyPort, proxyProtocol, proxyUsername, proxyPassword } = given
	if (!host) return undefined
	return urlOf({
		host,
		port: proxyPort ?? '',
		protocol: proxyProtocol || 'http',
		username: proxyUsername,
		password: proxyPassword,
	})
}

function urlOf({ host, port, protocol, username, password }: Omit<EvolutionProxy, 'enabled'>) {
	const secret = password ? `:${encoded(password)}` : ''
	const user = username ? `${encoded(username)}${secret}@` : ''
	return `${protocol.replace(/:?\/*$/, '')}://${user}${host}${port && `:${port}`}`
}

// Half a surrogate pair cannot be encoded.
const encoded = (text: string) => encodeURIComponent(Buffer.from(text).toString())

/** Goes through the proxy, or through none. @throws GatewayError, for one that does not connect: "Invalid proxy" */
async function useProxy(session: Session, given: EvolutionProxy, trusted: boolean): Promise<void> {
	if (!given.enabled) return session.useNoProxy()
	for (const name of ['host', 'port', 'protocol'] as const)
		if (!given[name]) throw refused(`The ${name} of the proxy is missing`)
	try {
		await session.useProxy(urlOf(given), trusted)
	} catch (error) {
		if (error instanceof GatewayError && error.code === 'proxy_failed')
			throw refused('Invalid proxy')
		throw error
	}
}

const row = z
	.object({
		id: z.string(),
		enabled: z.boolean(),
		host: z.string(),
		port: z.string(),
		protocol: z.string(),
		username: z.string(),
		password: z.string(),
		createdAt: z.iso.datetime(),
		updatedAt: z.iso.datetime(),
		instanceId: z.string(),
	})
	.openapi('EvolutionProxy')

/** The proxy of an instance as Evolution shows it, without its password; null if there is none. */
export function proxyRow(session: Session): z.output<typeof row> | null {
	const given = session.proxy()
	if (given === null) return null
	const url = new URL(given)
	const { host, port } = placeOf(url)
	const { username, password } = credentialsOf(url)
	const { id, created_at: createdAt, updated_at: updatedAt } = session.view()
	const instanceId = instanceIdOf(id)
	return {
		...{ id: instanceId, enabled: true, host, port: String(port) },
		protocol: url.protocol.replace(/:$/, ''),
		...{ username, password: password && '***', createdAt, updatedAt, instanceId },
	}
}

/** `/proxy/set` and `/proxy/find`. */
export const proxies = (services: Services): Endpoint[] => [
	endpoint({
		method: 'post',
		path: '/proxy/set/{instance}',
		summary: 'Set the proxy of an instance',
		body: proxy,
		response: z.object({ proxy: z.object({ instanceName: z.string(), proxy: z.looseObject({}) }) }),
		statuses: [201],
		async run(call) {
			const session = sessionOf(services, call)
			const { password: _, ...shown } = call.body
			await withForeignFieldNames({ url: 'host' }, () =>
				useProxy(session, call.body, call.caller.role === 'admin'),
			)
			const instanceName = instanceNameOf(session.view())
			return call.c.json({ proxy: { instanceName, proxy: shown } }, 201)
		},
	}),
	endpoint({
		method: 'get',
		path: '/proxy/find/{instance}',
		summary: 'Show the proxy of an instance',
		response: row.nullable(),
		run: (call) => call.c.json(proxyRow(sessionOf(services, call))),
	}),
]
