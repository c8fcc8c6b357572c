import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import sharp from 'sharp'
import { ADMIN_KEY, openGateway, openSandbox } from '../../../../support/gateway/gateway.ts'

/** A gateway whose account has the business app; `shop` is another business, and `ada` is none. */
export async function openBusinessWorld(t: TestContext, options: { queryTimeoutMs?: number } = {}) {
	const sandbox = await openSandbox(t)
	const phone = async (body: object) => {
		const { status, text } = await control('POST', '/phones', body)
		assert.equal(status, 201, text)
	}
	const { control: routes } = sandbox
	const media = { maxMediaBytes: 8e6 }
	const gateway = await openGateway(t, { ...options, ...media, sandbox, control: routes })
	const control = (method: string, path: string, body?: object) =>
		gateway.request(method, `/sandbox${path}`, body)
	const [number, shop, ada] = ['491700000001', '491700000002', '491700000003'] as const
	await phone({ phone: number, name: 'Owner', business: true })
	await phone({ phone: ada, name: 'Ada' })
	await gateway.request('POST', '/api/v1/sessions', { id: 'main' })
	const owner = sandbox.phone(number)
	owner.scans((await gateway.request('GET', '/api/v1/sessions/main/qr')).body.qr)
	await gateway.becomes('main', 'open')
	const ask = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
		gateway.request(method, `/api/v1/sessions/main/${path}`, body, headers)
	return {
		...{ sandbox, gateway, control, ask, phone, owner, shop, ada: sandbox.phone(ada) },
		/** Asks, and expects success. */
		async does(method: string, path: string, body?: unknown): Promise<any> {
			const { status, body: answer, text } = await ask(method, path, body)
			assert.equal(status, 200, `${method} ${path}: ${text}`)
			return answer
		},
		/** Asks for what must be refused. */
		async isRefused(cases: Refusal[]) {
			for (const [method, path, body, status, said] of cases) {
				const { body: answer, text, status: got } = await ask(method, path, body)
				assert.equal(got, status, `${method} ${path}: ${text}`)
				assert.ok([answer.code, answer.field].includes(said), text)
			}
		},
		/** Sends a form. */
		async sendsForm(method: string, path: string, form: FormData): Promise<any> {
			const response = await gateway.app.request(`/api/v1/sessions/main/${path}`, {
				method,
				headers: { 'x-api-key': ADMIN_KEY },
				body: form,
			})
			const text = await response.text()
			assert.equal(response.status, 200, text)
			return JSON.parse(text)
		},
		/** What the account's phone shows of its business. */
		onPhone: async () => (await control('GET', `/phones/${number}/business`)).body,
	}
}

type Refusal = [
	method: string,
	path: string,
	body: object | undefined,
	status: number,
	codeOrField: string,
]

/** A PNG. */
export const image = (width: number, height: number): Promise<Buffer> =>
	sharp({ create: { width, height, channels: 3, background: '#336699' } })
		.png()
		.toBuffer()
