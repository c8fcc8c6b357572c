import type { TestContext } from 'node:test'
import type { Received } from '../../../../../gateway/src/sandbox/index.ts'
import {
	ADMIN_KEY,
	CONVERTING_S,
	linkedGateway,
	type Answer,
} from '../../../../support/gateway/gateway.ts'
import { until } from '../../../../support/wait.ts'

export const WORKSPACE = 'be11c51b-1a5a-4bc9-9cb6-7ee7040ec4d8'

type Options = Parameters<typeof linkedGateway>[1]

/** What a client of a dialect sends. */
export type Request = {
	method?: string
	path: string
	headers?: Record<string, string>
	/** Becomes JSON. */
	body?: unknown
	/** A multipart body, in place of `body`. */
	form?: FormData
	/** Any body, in place of `body`. */
	raw?: string
}

export type DialectWorld = Awaited<ReturnType<typeof openDialects>>

/**
 * A gateway that speaks every dialect; its session `main`, of WORKSPACE, is linked to `owner`. Two people, a group of
 * the three, and keys of each scope. Nothing is called with a key but what names one.
 */
export async function openDialects(t: TestContext, options: Options = {}) {
	const given = {
		fetchAllow: ['127.0.0.1'],
		workspace: WORKSPACE,
		sendTimeout: CONVERTING_S,
		...options,
	}
	const { gateway, sandbox, owner } = await linkedGateway(t, given)
	const budi = sandbox.phone('628123456789', { name: 'Budi' })
	const sari = sandbox.phone('628987654321', { name: 'Sari' })
	const group = owner.createsGroup('Team', [budi, sari])

	async function newKey(scope: { sessions?: string[]; workspace?: string }): Promise<string> {
		const name = 'of a test'
		return (await gateway.request('POST', '/api/v1/keys', { name, ...scope })).body.key
	}

	/** Asks what a client of a dialect asks, with no header but its own. */
	async function ask({
		method = 'POST',
		path,
		body,
		form,
		raw,
		...given
	}: Request): Promise<Answer> {
		const headers = new Headers(given.headers)
		const json = body === undefined ? undefined : JSON.stringify(body)
		if (json && !headers.has('content-type')) headers.set('content-type', 'application/json')
		const response = await gateway.app.request(path, { method, headers, body: form ?? raw ?? json })
		const text = await response.text()
		const isJson = response.headers.get('content-type')?.includes('json')
		const { status, headers: answered } = response
		return { status, headers: answered, text, body: isJson && text ? JSON.parse(text) : undefined }
	}

	return {
		gateway,
		sandbox,
		owner,
		/** 628123456789, who gets what has no other address. */
		budi,
		/** 628987654321. */
		sari,
		/** The id of the group of all three, `…@g.us`. */
		group,
		keys: {
			admin: ADMIN_KEY,
			/** Of the session `main`. */
			session: await newKey({ sessions: ['main'] }),
			/** Of WORKSPACE. */
			workspace: await newKey({ workspace: WORKSPACE }),
			/** Of another session, which does not exist. */
			other: await newKey({ sessions: ['other'] }),
		},
		newKey,
		ask,
		/** The message with this id as a phone has decrypted it. */
		decrypted: (id: string, phone = budi): Promise<Received> =>
			phone.receives((received) => received.id === id),
		/** Budi writes to the session; @returns the id once the gateway has it */
		async budiWrites(text: string): Promise<string> {
			const id = await budi.says(text, { to: owner })
			await until('the gateway has the message', async () => {
				const { body } = await gateway.request('GET', '/api/v1/sessions/main/events?limit=1000')
				return body.events.some(({ data }: any) => data.message_id === id)
			})
			return id
		},
	}
}
