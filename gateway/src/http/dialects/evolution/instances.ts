import { randomUUID } from 'node:crypto'
import { z } from '@hono/zod-openapi'
import { GatewayError, isGatewayError } from '../../../errors.ts'
import type { Session } from '../../../session/session.ts'
import { mayUse, type Caller } from '../../api-keys/caller.ts'
import { endpoint, type Call, type Endpoint, type Services } from '../dialect.ts'
import { withForeignFieldNames } from '../foreign-field-names.ts'
import { notSupported } from '../read.ts'
import { connectionState } from './connection-states.ts'
import { refused } from './errors.ts'
import { flag } from './fields.ts'
import { instanceIdOf, sessionIdOf } from './instance-ids.ts'
import { instanceSchema, shownInstance } from './instance-shown.ts'
import { digitsOf, keepNumber, numberOf } from './instance-number.ts'
import { newInstanceName } from './instance-name.ts'
import { removeInstance } from './instance-ends.ts'
import { linkSchema, linkingStep, NO_LINK } from './linking-step.ts'
import { proxyFields, proxyUrlFrom } from './proxy.ts'
import { setSettings, settingsFields, settingsFrom } from './settings.ts'
import { webhookSettings, type WebhookSettings } from './webhook-settings.ts'
import { refuseWithoutUrl, rowOf, setWebhook } from './webhook-store.ts'

const INTEGRATION = 'WHATSAPP-BAILEYS'

/** Hubs and queues that a new instance may be connected with there. */
const beside = ['websocket', 'rabbitmq', 'nats', 'sqs', 'kafka', 'pusher'] as const
const ignored = Object.fromEntries(beside.map((name) => [name, z.unknown().optional()]))

const newInstance = z.object({
	instanceName: newInstanceName,
	integration: z.string().nullish(),
	token: z.string().nullish().meta({ description: 'The key of the instance; made up by default' }),
	number: z
		.string()
		.regex(/^$|^\+?\d+[.@\w-]+$/, 'Invalid format')
		.nullish()
		.meta({ description: 'Phone number, for a pairing code in place of the QR code' }),
	qrcode: flag.default(false).meta({ description: 'Whether the answer has the QR code' }),
	...settingsFields,
	...proxyFields,
	webhook: webhookSettings.extend({ enabled: flag.default(true) }).nullish(),
	...ignored,
	chatwootAccountId: z.unknown().optional(),
})

type NewInstance = z.output<typeof newInstance>

const created = z
	.looseObject({
		instance: z.looseObject({
			instanceName: z.string(),
			instanceId: z.string(),
			status: z.string(),
		}),
		hash: z.string().meta({ description: 'The key of the instance, shown only now' }),
		settings: z.looseObject({}),
		qrcode: linkSchema.optional(),
	})
	.openapi('EvolutionCreated')

/** `POST /instance/create` and `GET /instance/fetchInstances`. */
export const instances = (services: Services): Endpoint[] => [
	endpoint({
		method: 'post',
		path: '/instance/create',
		summary: 'Create an instance',
		body: newInstance,
		response: created,
		statuses: [201],
		async run(call) {
			requireGlobalKey(call.caller)
			refuseOthers(call.body)
			return call.c.json(await create(services, call.body), 201)
		},
	}),
	endpoint({
		method: 'get',
		path: '/instance/fetchInstances',
		summary: 'List instances',
		query: z.object({
			instanceName: z.string().optional(),
			instanceId: z.string().optional(),
			number: z.string().optional(),
		}),
		response: z.array(instanceSchema),
		async run(call) {
			const found = wanted(services, call)
			return call.c.json(await Promise.all(found.map(shownInstance)))
		},
	}),
]

/** @throws GatewayError unauthorized for the token of an instance */
function requireGlobalKey({ role }: Caller): void {
	if (role !== 'admin') throw new GatewayError('unauthorized', 'This needs the global key.')
}

/** @throws GatewayError not_supported */
function refuseOthers({ integration, ...given }: NewInstance & Record<string, unknown>): void {
	if (integration === 'WHATSAPP-BUSINESS' || integration === 'EVOLUTION')
		throw notSupported(`The integration ${integration}`, 'integration')
	if (integration && integration !== INTEGRATION) throw refused('Invalid integration')
	if (given.chatwootAccountId) throw notSupported('Chatwoot', 'chatwootAccountId')
	const asked = beside.find((name) => isAskedFor(given[name]))
	if (asked) throw notSupported(`\`${asked}\``, asked)
}

/** Clients send those that they do not use as well: empty, or with `enabled: false`. */
const isAskedFor = (given: unknown): boolean => {
	const settings = Object.entries(Object(given) as object)
	return (
		settings.length > 0 && !settings.some(([name, value]) => name === 'enabled' && !isYes(value))
	)
}

const isYes = (value: unknown) => value === true || value === 'true'

async function create(services: Services, given: NewInstance) {
	const { instanceName: name, webhook, number, qrcode } = given
	const id = sessionIdOf(name)
	if (services.sessions.find(id))
		throw new GatewayError('name_taken', `This name "${name}" is already in use.`)
	const proxy = proxyUrlFrom(given)
	if (webhook) await checkWebhook(services, webhook)
	if (proxy) await services.sessions.checkProxy(proxy, { field: 'proxyHost', trusted: true })
	const settings = settingsFrom(given)
	const token = given.token || randomUUID().toUpperCase()
	let row: ReturnType<typeof rowOf> | undefined
	const wanted = { id, name, proxy, wanted: qrcode || Boolean(number) }
	const session = await services.sessions.create(wanted, async (session) => {
		await setSettings(session, settings)
		if (number) await keepNumber(session, number)
		const set = webhook && (await setWebhook(services, session, webhook, true))
		if (set) row = rowOf(set)
		// Last: nothing after it can fail and leave a key without its session.
		await services.keys.add({ name, role: 'member', sessions: [id], key: token })
	})
	const link = qrcode ? await linkOf(services, session, number) : undefined
	return {
		instance: {
			...{ instanceName: name, instanceId: instanceIdOf(id), integration: INTEGRATION },
			...{ webhookWaBusiness: null, accessTokenWaBusiness: '' },
			status: connectionState(session.view().status),
		},
		hash: token,
		webhook: row
			? {
					webhookUrl: row.url,
					...(row.headers && { webhookHeaders: row.headers }),
					webhookByEvents: row.webhookByEvents,
					webhookBase64: row.webhookBase64,
				}
			: {},
		...{ websocket: {}, rabbitmq: {}, nats: {}, sqs: {} },
		settings,
		...(link && { qrcode: link }),
	}
}

/**
 * What links its phone; nothing yet if WhatsApp is slow.
 * @throws GatewayError if no phone can be linked as it is asked for; the instance is gone then
 */
async function linkOf(services: Services, session: Session, number: string | null | undefined) {
	try {
		return await linkingStep(session, number ?? undefined)
	} catch (error) {
		if (isGatewayError(error, 'session_not_open')) return NO_LINK
		await removeInstance(services, session.id)
		throw error
	}
}

async function checkWebhook({ webhooks }: Services, webhook: WebhookSettings): Promise<void> {
	refuseWithoutUrl(webhook)
	if (webhook.enabled)
		await withForeignFieldNames({ url: 'webhook.url' }, () =>
			webhooks.check({ url: webhook.url }, true),
		)
}

/** Those that the key may use and the query names. @throws GatewayError session_not_found */
function wanted({ sessions }: Services, { c, caller }: Pick<Call, 'c' | 'caller'>): Session[] {
	const { instanceName, instanceId, number } = c.req.query()
	const own = sessions.list().filter((session) => mayUse(caller, session))
	const found = own.filter(
		(session) =>
			(!instanceName || session.id === sessionIdOf(instanceName)) &&
			(!instanceId || instanceIdOf(session.id) === instanceId) &&
			(!number || numberOf(session) === digitsOf(number)),
	)
	const asked = instanceName ?? instanceId ?? number
	if (asked && !found.length)
		throw new GatewayError('session_not_found', `Instance "${asked}" not found`)
	return found
}
