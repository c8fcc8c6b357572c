import { plain } from '../../../../support/media/fixtures.ts'
import { WORKSPACE, type DialectWorld } from './gateway.ts'

export type System = 'wask' | 'wa-rs' | 'wasphere' | 'wawp' | 'wafastapi'

export const systems: readonly System[] = ['wask', 'wa-rs', 'wasphere', 'wawp', 'wafastapi']

/** How a client of a system addresses a session, and where it puts its key. */
export const styles: Record<
	System,
	{
		at(session: string, path: string): string
		headers(key: string): Record<string, string>
		body?(key: string, session: string): Record<string, string>
		text(to: string, text: string): [path: string, body: Record<string, unknown>]
		/** The id of the message in the answer to a text. */
		idIn(answer: any): string
	}
> = {
	wask: {
		at: (session, path) => `/sessions/${session}/${path}`,
		headers: (key) => ({ 'X-API-Key': key }),
		text: (to, text) => ['send', { to, text }],
		idIn: ({ messageId }) => messageId,
	},
	'wa-rs': {
		at: (session, path) => `/api/v1/sessions/${session}/${path}`,
		headers: (key) => ({ Authorization: `Bearer ${key}` }),
		text: (to, text) => ['messages/text', { to, text }],
		idIn: ({ message_id }) => message_id,
	},
	wasphere: {
		at: (session, path) => `/workspaces/${WORKSPACE}/proxy/api/sessions/${session}/${path}`,
		headers: (key) => ({ Authorization: `Bearer ${key}` }),
		text: (to, text) => ['messages/text', { to, text }],
		idIn: ({ messageId }) => messageId,
	},
	wawp: {
		at: (_, path) => `/v2/${path}`,
		headers: () => ({}),
		body: (access_token, instance_id) => ({ access_token, instance_id }),
		text: (chatId, message) => ['send/text', { chatId, message }],
		idIn: ({ id }) => id.id,
	},
	wafastapi: {
		at: (_, path) => `/api/whatsapp/${path}`,
		headers: (key) => ({ 'X-API-Key': key }),
		text: (number, message) => ['send/text', { number, message }],
		idIn: ({ messageId }) => messageId,
	},
}

/** Clients of all systems for one session. */
export function clientsOf({ ask }: Pick<DialectWorld, 'ask'>, key: string, session = 'main') {
	const post = (system: System, path: string, given: Record<string, unknown>) => {
		const { at, headers, body } = styles[system]
		return ask({
			path: at(session, path),
			headers: headers(key),
			body: { ...body?.(key, session), ...given },
		})
	}
	return {
		post,
		text: (system: System, to: string, text: string) =>
			post(system, ...styles[system].text(to, text)),
		get: (system: System, path: string) =>
			ask({
				method: 'GET',
				path: styles[system].at(session, path),
				headers: styles[system].headers(key),
			}),
		/** A form of WaFastApi. */
		form: (path: string, form: FormData) =>
			ask({
				path: styles.wafastapi.at(session, path),
				headers: styles.wafastapi.headers(key),
				form,
			}),
	}
}

/** A form with so many pictures of this size and these fields. */
export async function photos(count: number, fields: Record<string, string>, side = 8) {
	const form = new FormData()
	for (const [name, value] of Object.entries(fields)) form.append(name, value)
	const bytes = new Uint8Array(await plain(side, side).jpeg().toBuffer())
	for (let i = 0; i < count; i++)
		form.append('photos', new Blob([bytes], { type: 'image/jpeg' }), `${i}.jpg`)
	return form
}
