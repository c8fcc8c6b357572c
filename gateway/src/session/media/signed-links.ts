import { createHmac, randomBytes } from 'node:crypto'
import { isSameSecret } from '../../lib/same-secret.ts'
import { DAY_MS } from '../../lib/units.ts'
import { z } from 'zod'
import { GatewayError } from '../../errors.ts'
import type { Storage } from '../../storage/driver.ts'

export type MediaLinksOptions = {
	storage: Storage
	/** Where the gateway is reached, without a slash at the end. */
	publicUrl(): string
	/** For how long a link is good. */
	days: number
}

/** Addresses of files that open without an API key, for some days: whoever has one may have the file. */
export type MediaLinks = Awaited<ReturnType<typeof openMediaLinks>>

const secretDocument = z.object({ secret: z.string() })
const payload = z.tuple([z.string(), z.string(), z.number()])

export async function openMediaLinks({ storage, publicUrl, days }: MediaLinksOptions) {
	const none = { secret: '' }
	const document = await storage.document('media-links', () => none, secretDocument)
	if (!document.data.secret) {
		// Another gateway may have written one meanwhile.
		await document.update((draft) => void (draft.secret ||= randomBytes(32).toString('base64')))
	}
	const key = Buffer.from(document.data.secret, 'base64')
	const sign = (text: string) => createHmac('sha256', key).update(text).digest()

	return {
		/** The address of a message's file. */
		urlOf(session: string, messageId: string, now = Date.now()): string {
			const until = Math.floor((now + days * DAY_MS) / 1000)
			const signed = Buffer.from(JSON.stringify([session, messageId, until])).toString('base64url')
			return `${publicUrl()}/media/${signed}.${sign(signed).toString('base64url')}`
		},
		/**
		 * Whose file an address means.
		 * @param token what stands behind `/media/`
		 * @throws GatewayError media_link_refused
		 */
		read(token: string, now = Date.now()) {
			const [signed = '', mac = '', ...rest] = token.split('.')
			const isOurs = isSameSecret(Buffer.from(mac, 'base64url'), sign(signed))
			if (!isOurs || rest.length)
				throw linkRefused('The link is not one of this gateway, or not whole.')
			const text = Buffer.from(signed, 'base64url').toString()
			const [session, messageId, until] = payload.parse(JSON.parse(text))
			if (until * 1000 < now) throw linkRefused('The link has expired.')
			return { session, messageId }
		},
	}
}

function linkRefused(why: string) {
	const advice = `${why} With an API key: GET /api/v1/sessions/{session}/media/{message_id}.`
	return new GatewayError('media_link_refused', advice)
}
