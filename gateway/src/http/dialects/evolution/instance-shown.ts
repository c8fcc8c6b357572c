import { setTimeout as pause } from 'node:timers/promises'
import { z } from '@hono/zod-openapi'
import type { Session } from '../../../session/session.ts'
import { noOwner } from '../../forward/errors.ts'
import { currentRequest } from '../../forward/request-scope.ts'
import { isRemote } from '../../forward/routed-sessions.ts'
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
export async function shownInstance(session: Session): Promise<unknown> {
	if (isRemote(session)) return shownElsewhere(session)
	const { id, name, status, me, last_disconnect, created_at, updated_at } = session.view()
	const state = connectionState(status)
	const last = state === 'close' ? last_disconnect : null
	const instanceId = instanceIdOf(id)
	const settings = settingsOf(session)
	return {
		...{ id: instanceId, name: instanceNameOf({ id, name }), connectionStatus: state },
		ownerJid: me?.phone ? `${me.phone}@s.whatsapp.net` : null,
		profileName: me?.name ?? null,
		profilePicUrl: me && (await pictureOf(session, me.id)),
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

/** As the gateway shows it that has it. @throws GatewayError session_unreachable */
async function shownElsewhere({ id, view }: Session): Promise<unknown> {
	const query = new URLSearchParams({ instanceName: instanceNameOf(view()) })
	const path = `/instance/fetchInstances?${query}`
	const rows = (await currentRequest()?.ask(id, path)) as unknown[] | undefined
	if (!rows?.[0]) throw noOwner(id)
	return rows[0]
}

/** A list of instances waits no longer for WhatsApp than that. */
const PICTURE_WAIT_MS = 2_000

/** The picture of the account, as it was told last where WhatsApp is not there or is slow. */
async function pictureOf(session: Session, id: string): Promise<string | null> {
	const known = session.pictures.knownOf(id) ?? null
	if (session.view().status !== 'open') return known
	const asked = session.pictures.urlOf(id).catch(() => known)
	return Promise.race([asked, pause(PICTURE_WAIT_MS, known, { ref: false })])
}

/** Messages are not counted: those that are kept may be a million. */
async function countsOf({ directory, people }: Session) {
	const [chats, contacts] = await Promise.all([directory.chats(), people.contacts()])
	return { Message: null, Contact: contacts.length, Chat: chats.length }
}
