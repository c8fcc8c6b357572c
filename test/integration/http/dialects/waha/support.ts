import type { TestContext } from 'node:test'
import { until } from '../../../../support/wait.ts'
import { openDialects } from '../support/gateway.ts'

/** A gateway, and what a client of WAHA asks it: as the admin, unless another key is given. */
export async function openWaha(t: TestContext, options: Parameters<typeof openDialects>[1] = {}) {
	const world = await openDialects(t, options)
	const ask = (
		method: string,
		path: string,
		body?: unknown,
		{ key = world.keys.admin, ...headers }: Record<string, string> = {},
	) => world.ask({ method, path, body, headers: { 'x-api-key': key, ...headers } })
	const statusOf = async (name: string) => (await ask('GET', `/api/sessions/${name}`)).body.status

	return {
		...world,
		ask,
		/** Asks with a form without files. */
		askByForm: (path: string, fields: Record<string, string> | URLSearchParams) =>
			world.ask({
				path,
				headers: {
					'x-api-key': world.keys.admin,
					'content-type': 'application/x-www-form-urlencoded',
				},
				raw: new URLSearchParams(fields).toString(),
			}),
		/** Waits until a session has a status of WAHA's. */
		becomes: (name: string, status: string) =>
			until(`${name} becomes ${status}`, async () => (await statusOf(name)) === status),
	}
}
