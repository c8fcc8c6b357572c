import { z } from 'zod'
import { GatewayError } from '../../errors.ts'
import type { GatewayEvent } from '../../events/index.ts'
import { DAY_MS, MINUTE_MS } from '../../lib/units.ts'
import { hashOfToken, randomToken } from '../../lib/token.ts'
import { ulid } from '../../lib/ulid.ts'
import { withBounded } from '../../lib/with-bounded.ts'
import type { Sessions } from '../../session/sessions.ts'
import type { Storage } from '../../storage/driver.ts'
import { linkEnded } from './link-ended.ts'
import { linkEndingOf, linkRecord, linkStateOf, MAX_CODES, type LinkRecord } from './link-record.ts'

/** How long a link is listed after its end. */
const KEPT_MS = 7 * DAY_MS
/** Of a session; the oldest go first. Bounds the document, which is written as a whole. */
const MAX_LINKS = 100

export type NewLink = Pick<
	LinkRecord,
	'session' | 'brand' | 'note' | 'color' | 'language' | 'logo'
> & {
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
	/** How many codes are being made, by link. */
	const codesAsked = new Map<string, number>()
	const time = () => new Date(now()).toISOString()

	const isUsable = (link: LinkRecord) => linkEndingOf(link, now()) === undefined

	/** @throws GatewayError pairing_link_ended */
	function refuseEnded(link: LinkRecord): void {
		const ending = linkEndingOf(link, now())
		if (ending) throw linkEnded(ending)
	}

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
		const used = document.data.filter((link) => link.session === session && isUsable(link))
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
				refused: 0,
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
		/** @throws GatewayError pairing_link_ended */
		refuseEnded,
		/**
		 * Opens a link for the first browser that has its token.
		 * @param cookieOf what this browser got before for a link, if it did
		 * @param openedBy its device and address
		 * @returns the link and what the browser must keep
		 * @throws GatewayError pairing_link_ended, pairing_link_not_found
		 */
		async open(token: string, cookieOf: (id: string) => string | undefined, openedBy: string) {
			const wanted = hashOfToken(token)
			const found = findBy(({ hash }) => hash === wanted)
			if (!found) throw unknownToken()
			const cookie = cookieOf(found.id)
			if (cookie && found.browser === hashOfToken(cookie)) return { link: found, cookie }
			if (found.browser) throw linkEnded('elsewhere')
			refuseEnded(found)
			const issued = randomToken()
			const link = await change(found.id, (record) => {
				if (record.browser) throw linkEnded('elsewhere')
				record.browser = hashOfToken(issued)
				record.opened_at = time()
				record.opened_by = openedBy
			})
			tell(link, 'opened')
			return { link, cookie: issued }
		},
		/** The session of a token, opened or not. */
		sessionOf(token: string): string | undefined {
			const wanted = hashOfToken(token)
			return findBy(({ hash }) => hash === wanted)?.session
		},
		/** A link, for the browser that has opened it. */
		openedWith(id: string, cookie: string): LinkRecord | undefined {
			const wanted = hashOfToken(cookie)
			return findBy((link) => link.id === id && link.browser === wanted)
		},
		/**
		 * Makes a pairing code, of which a link has a number. One that is not made, as for a mistyped number, is none of
		 * them.
		 * @throws GatewayError pairing_link_ended, and what `make` throws
		 */
		async withCode<Code>({ id }: LinkRecord, make: () => Promise<Code>): Promise<Code> {
			const asked = codesAsked.get(id) ?? 0
			const link = findBy((each) => each.id === id)
			if (!link) throw linkEnded('gone')
			refuseEnded(link)
			// Several may be asked for at once.
			if (link.codes + asked >= MAX_CODES) throw linkEnded('used_up')
			codesAsked.set(id, asked + 1)
			try {
				const code = await make()
				await change(id, (record) => void record.codes++)
				return code
			} catch (error) {
				if (findBy((each) => each.id === id)) await change(id, (record) => void record.refused++)
				throw error
			} finally {
				const left = codesAsked.get(id)! - 1
				if (left) codesAsked.set(id, left)
				else codesAsked.delete(id)
			}
		},
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
