import { z } from '@hono/zod-openapi'
import type { Session } from '../../../session/session.ts'
import { connectionState } from './connection-states.ts'
import { instanceIdOf, instanceNameOf } from './instance-ids.ts'
import { numberOf } from './instance-number.ts'
import { proxyRow } from './proxy.ts'
import { settingsFrom, settingsOf } from './settings.ts'

export const instanceSchema = z
	.looseObject({
		id: z.string(),
		name: z.string(),
		connectionStatus: z.enum(['open', 'close', 'connecting']),
		ownerJid: z.string().nullable(),
		profileName: z.string().nullable(),
		token: z.null().meta({ description: 'Keys are not kept, only their hashes' }),
	})
	.openapi('EvolutionInstance')

/** What Evolution shows of an instance. */
export async function shownInstance(session: Session) {
	const { id, name, status, me, last_disconnect, created_at, updated_at } = session.view()
	const state = connectionState(status)
	const last = state === 'close' ? last_disconnect : null
	const instanceId = instanceIdOf(id)
	const settings = settingsOf(session)
	return {
		...{ id: instanceId, name: instanceNameOf({ id, name }), connectionStatus: state },
		ownerJid: me?.phone ? `${me.phone}@s.whatsapp.net` : null,
		profileName: me?.name ?? null,
		profilePicUrl: me ? (session.pictures.knownOf(me.id) ?? null) : null,
		integration: 'WHATSAPP-BAILEYS',
		number: numberOf(session),
		businessId: null,
		token: null,
		clientName: 'whatsapp-gateway',
		disconnectionReasonCode: last?.code ?? null,
		disconnectionObject: last && JSON.stringify(last),
		disconnectionAt: last?.at ?? null,
		createdAt: created_at,
		updatedAt: updated_at,
		...{ Chatwoot: null, Rabbitmq: null, Nats: null, Sqs: null, Websocket: null },
		Proxy: proxyRow(session),
		Setting: { id: instanceId, ...settingsFrom(settings ?? {}), instanceId },
		_count: await countsOf(session),
	}
}

/** Messages are not counted: those that are kept may be a million. */
async function countsOf({ directory, people }: Session) {
	const [chats, contacts] = await Promise.all([directory.chats(), people.contacts()])
	return { Message: null, Contact: contacts.length, Chat: chats.length }
}
