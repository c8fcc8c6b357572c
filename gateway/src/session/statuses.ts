import { isJidStatusBroadcast } from '@whiskeysockets/baileys'
import { GatewayError } from '../errors.ts'
import type { Identity } from '../events/identity.ts'
import { DAY_MS, SECOND_MS } from '../lib/units.ts'
import { identityOf, isSame, toPersonJid } from './identity.ts'
import { describeKept, type KeptDeps } from './receive/describe-kept.ts'
import type { SendRequest } from './send/build-message.ts'
import type { SendResult } from './send/send-result.ts'
import type { SessionState } from './state/index.ts'
import type { MessageRecord } from './state/messages.ts'

const STATUS = 'status@broadcast'
/** Statuses are shown for a day. */
const SHOWN_SECONDS = DAY_MS / SECOND_MS
/** What is sent to the audience about a status, and is none itself. */
const NO_POSTS = ['react', 'revoke', 'edit']
const PAGE = 100

export type StatusesOptions = KeptDeps & {
	state(): Promise<SessionState>
	send(request: SendRequest): Promise<SendResult>
}

export type StatusFilter = {
	/** Of this person alone. */
	from?: string | undefined
	/** Whether the account posted them. */
	mine?: boolean | undefined
	limit: number
}

/** Who got a status of the account, and when; ISO 8601. */
export type Viewer = { by: Identity; delivered: string | null; read: string | null }

export type Statuses = ReturnType<typeof createStatuses>

/** The status updates of the account and its contacts. */
export function createStatuses(options: StatusesOptions) {
	const { state, otherName, send } = options

	/** @throws GatewayError message_not_found if the account has not posted it, or it is not kept */
	async function ownStatus(id: string): Promise<MessageRecord> {
		const { messages } = await state()
		const found = await messages.get(id)
		if (found?.from_me && isJidStatusBroadcast(found.to)) return found
		const advice = `No status ${id} of this account is kept. GET …/statuses?mine=true lists those of the last day.`
		throw new GatewayError('message_not_found', advice, { field: 'message_id' })
	}

	return {
		/**
		 * The statuses of the last 24 hours that are kept and not deleted, the newest first.
		 * @throws GatewayError invalid_recipient
		 */
		async list({ from, mine, limit }: StatusFilter) {
			const ready = await state()
			const author =
				from === undefined ? undefined : identityOf(toPersonJid(from, 'from'), otherName)
			const since = Math.floor(Date.now() / SECOND_MS) - SHOWN_SECONDS
			const found: ReturnType<typeof describeKept>[] = []
			let before: number | undefined
			do {
				const asked = { limit: PAGE, before, since, from_me: mine }
				const { entries, next } = await ready.messages.chats.page(STATUS, asked)
				const posts = entries.filter(({ type }) => !NO_POSTS.includes(type))
				const kept = await ready.messages.many(posts.map(({ message_id }) => message_id))
				for (const { message_id, at } of posts) {
					const post = kept.get(message_id)
					if (!post || post.deleted_at || post.deleted_for_me_at) continue
					const shown = describeKept(ready, { ...post, at }, options)
					if (!author || isSame(shown.sender, author)) found.push(shown)
				}
				before = next
			} while (before !== undefined && found.length < limit)
			return found.slice(0, limit)
		},
		/**
		 * Deletes a status of the account for everyone who was to see it.
		 * @param audience whom it was posted for, if the gateway has not posted it itself
		 * @throws GatewayError message_not_found, invalid_request, and those of a send
		 */
		async remove(id: string, audience?: string[]): Promise<SendResult> {
			await ownStatus(id)
			return send({ type: 'revoke', input: { to: STATUS, message_id: id, audience } })
		},
		/** @throws GatewayError message_not_found */
		async viewers(id: string): Promise<Viewer[]> {
			await ownStatus(id)
			const { messages, contacts } = await state()
			return (await messages.readersOf(id)).map(({ by, times }) => {
				const { saved_name, name } = contacts.namesOf(by)
				const known = { ...by, name: by.name ?? saved_name ?? name ?? null }
				return {
					by: known,
					delivered: times.delivered ?? times.read ?? null,
					read: times.read ?? null,
				}
			})
		},
		/**
		 * Reacts to a status. Its author alone gets that.
		 * @param owner who posted it, if it is not kept
		 * @throws GatewayError message_not_found, invalid_recipient, and those of a send
		 */
		async react(id: string, emoji: string, owner?: string): Promise<SendResult> {
			const { messages } = await state()
			const author = (await messages.content(id))?.sender ?? owner
			if (author === undefined) throw authorUnknown(id)
			const about = { message_id: id, emoji, participant: author }
			return send({ type: 'react', input: { to: STATUS, ...about, audience: [author] } })
		},
	}
}

function authorUnknown(id: string) {
	const advice = `No status ${id} of a contact is kept: say with \`status_owner\` who posted it.`
	return new GatewayError('message_not_found', advice, { field: 'status_owner' })
}
