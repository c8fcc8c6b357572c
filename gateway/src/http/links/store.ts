import { z } from 'zod'
import { GatewayError } from '../../errors.ts'
import type { GatewayEvent } from '../../events/index.ts'
import { DAY_MS, MINUTE_MS } from '../../lib/units.ts'
import { hashOfToken, randomToken } from '../../lib/token.ts'
import { ulid } from '../../lib/ulid.ts'
import { withBounded } from '../../lib/with-bounded.ts'
import type { Sessions } from '../../session/sessions.ts'
import type { Storage } from '../../storage/driver.ts'
import { isUsable, linkRecord, linkStateOf, type LinkRecord } from './link-record.ts'

/** How long a link is listed after its end. */
const KEPT_MS = 7 * DAY_MS
/** Of a session; the oldest go first. Bounds the document, which is written as a whole. */
const MAX_LINKS = 100

export type NewLink = Pick<LinkRecord, 'session' | 'brand' | 'note' | 'color' | 'logo'> & {
	minutes: number
}

export type Links = Awaited<ReturnType<typeof openLinks>>

export type LinksOptions = {
	storage: Storage
	sessions(): Sessions
	now?: (() => number) | undefined
}

/**
 * Opens the pairing links: each lets one browser link one session, until it is linked, expired or revoked.
 * @example
 * const { link, token } = await links.create({ session: 'main', minutes: 60, logo: null })
 */
export async function openLinks({ storage, sessions, now = Date.now }: LinksOptions) {
	const document = await storage.document('links', () => [], z.array(linkRecord))
	/** The newest QR code of each session, by the event that told it. */
	const newestQr = new Map<string, string>()
	const time = () => new Date(now()).toISOString()

	const findBy = (test: (link: LinkRecord) => boolean) => document.data.find(test)

	async function change(id: string, make: (link: LinkRecord) => void): Promise<LinkRecord> {
		return document.update((links) => {
			const link = links.find((candidate) => candidate.id === id)
			if (!link) throw notFound(id)
			make(link)
			return link
		})
	}

	function tell({ session, id, opened_by }: LinkRecord, state: 'opened' | 'linked') {
		const data = { link: id, state, opened_by }
		sessions().find(session)?.record({ type: 'session.pairing_link', data })
	}

	async function linked(session: string) {
		const used = document.data.filter((link) => link.session === session && isUsable(link, now()))
		if (used.length === 0) return
		// A session is linked once: whatever way it was linked, its links have ended.
		for (const { id } of used) {
			const link = await change(id, (record) => void (record.linked_at = time()))
			if (link.browser) tell(link, 'linked')
		}
	}

	return {
		/** @returns the link, and its token, which is not kept */
		async create({ minutes, ...wanted }: NewLink): Promise<{ link: LinkRecord; token: string }> {
			const token = randomToken()
			const link: LinkRecord = {
				id: `link_${ulid(now())}`,
				...wanted,
				hash: hashOfToken(token),
				browser: null,
				created_at: time(),
				expires_at: new Date(now() + minutes * MINUTE_MS).toISOString(),
				opened_at: null,
				opened_by: null,
				linked_at: null,
				revoked_at: null,
				codes: 0,
			}
			await document.update((links) => {
				const kept = links.filter(({ expires_at }) => Date.parse(expires_at) > now() - KEPT_MS)
				const isOwn = ({ session }: LinkRecord) => session === link.session
				links.splice(0, links.length, ...withBounded(kept, isOwn, MAX_LINKS), link)
			})
			return { link, token }
		},
		/** Of a session, newest first. */
		list: (session: string) => document.data.filter((link) => link.session === session).reverse(),
		stateOf: (link: LinkRecord) => linkStateOf(link, now()),
		isUsable: (link: LinkRecord) => isUsable(link, now()),
		/**
		 * Opens a link for the first browser that has its token.
		 * @param cookie what this browser got before, if it did
		 * @param openedBy its device and address
		 * @returns the link and what the browser must keep
		 * @throws GatewayError pairing_link_ended, pairing_link_not_found
		 */
		async open(token: string, cookie: string | undefined, openedBy: string) {
			const wanted = hashOfToken(token)
			const found = findBy(({ hash }) => hash === wanted)
			if (!found) throw unknownToken()
			if (cookie && found.browser === hashOfToken(cookie)) return { link: found, cookie }
			if (found.browser) throw openedElsewhere()
			if (!isUsable(found, now())) throw ended()
			const issued = randomToken()
			const link = await change(found.id, (record) => {
				if (record.browser) throw openedElsewhere()
				record.browser = hashOfToken(issued)
				record.opened_at = time()
				record.opened_by = openedBy
			})
			tell(link, 'opened')
			return { link, cookie: issued }
		},
		/** The link that a browser has opened. */
		openedWith(cookie: string): LinkRecord | undefined {
			const wanted = hashOfToken(cookie)
			return findBy(({ browser }) => browser === wanted)
		},
		/** Counts a pairing code, before it is asked for. @throws GatewayError pairing_link_ended */
		noteCode: (link: LinkRecord) =>
			change(link.id, (record) => {
				// Several may be asked for at once.
				if (!isUsable(record, now())) throw ended()
				record.codes++
			}),
		/** Ends a link. @throws GatewayError pairing_link_not_found */
		async revoke(session: string, id: string) {
			if (!findBy((link) => link.id === id && link.session === session)) throw notFound(id)
			await change(id, (record) => void (record.revoked_at ??= time()))
		},
		/** Deletes the links of a session that is being deleted. */
		async removeAllOf(session: string) {
			newestQr.delete(session)
			if (!findBy((link) => link.session === session)) return
			await document.update((links) => {
				links.splice(0, links.length, ...links.filter((link) => link.session !== session))
			})
		},
		/** To be called with every event. */
		onEvent({ type, session, id, data }: GatewayEvent) {
			if (type === 'session.qr') newestQr.set(session, id)
			if (type === 'session.status' && data.me) void linked(session).catch(() => {})
		},
		/** Tells one QR code of a session from the next; undefined before the first. */
		qrOf: (session: string) => newestQr.get(session),
	}
}

function notFound(id: string) {
	return new GatewayError('pairing_link_not_found', `This session has no pairing link ${id}.`)
}

// Read by the client of whoever made the link, who knows nothing of an API.
function unknownToken() {
	return new GatewayError('pairing_link_not_found', 'This link is not complete. Open it once more.')
}

function openedElsewhere() {
	const advice = 'This link was opened on another device already. Ask for a new one.'
	return new GatewayError('pairing_link_ended', advice)
}

export function ended() {
	return new GatewayError('pairing_link_ended', 'This link has ended. Ask for a new one.')
}
