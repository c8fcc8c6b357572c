import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { linkedGateway } from '../../../support/gateway/gateway.ts'
import { until } from '../../../support/wait.ts'

const SILENT_MS = 60_000
const SEND_TIMEOUT_MS = 30_000
/** What is promised for a question: a query has 20 s, and before it 10 s may pass until a connection is open. */
const QUESTION_MS = 30_000
/** For a machine that is busy with other tests. */
const SLACK_MS = 10_000

type Reply = { status: number; body: any; text: string; ms: number }

/** Somebody who gets numbered texts. */
type Reader = { to: string; receives(text: string): Promise<unknown>; texts(): string[] }

async function openTraffic(t: TestContext) {
	const world = await linkedGateway(t, { sendTimeout: SEND_TIMEOUT_MS / 1000, governor: 'off' })
	const { gateway, ada, owner, sandbox } = world
	let strangers = 0

	async function ask(method: string, path: string, body?: object): Promise<Reply> {
		const start = performance.now()
		const {
			status,
			body: said,
			text,
		} = await gateway.request(method, `/api/v1/sessions/main/${path}`, body)
		return { status, body: said, text, ms: performance.now() - start }
	}
	const stranger = () => sandbox.phone(`49170001${String(strangers++).padStart(4, '0')}`)
	const group = ada.createsGroup('Team', [owner])
	const readerOf = (to: string, phone: typeof ada): Reader => ({
		to,
		receives: (text) => phone.receives(text),
		texts: () =>
			phone.inbox.entries.flatMap(({ chat, message }) => {
				const text = message?.extendedTextMessage?.text
				return text && (chat === group) === (to === group) ? [text] : []
			}),
	})
	const readers: Reader[] = [readerOf(ada.account.phone, ada), readerOf(group, ada)]
	const sends: { reader: Reader; text: string; reply: Promise<Reply> }[] = []
	const questions: { reply: Promise<Reply>; isRight(body: any): boolean }[] = []
	let round = 0

	return {
		...world,
		readers,
		sends,
		questions,
		/** One text to everybody who has got some already, one to somebody new, and some questions. */
		goesOn() {
			round++
			if (round % 5 === 0) {
				const person = stranger()
				readers.push(readerOf(person.account.phone, person))
			}
			for (const [index, reader] of readers.entries()) {
				const text = `text ${round} to ${index}`
				const reply = ask('POST', 'messages/text', { to: reader.to, text })
				sends.push({ reader, text, reply })
			}
			const phones = [ada.account.phone, '4917099999999']
			questions.push(
				{
					reply: ask('POST', 'contacts/check', { phones }),
					isRight: ({ results }) => results[0].exists === true && results[1].exists === false,
				},
				{
					reply: ask('GET', 'groups'),
					isRight: ({ groups }) => groups.length === 1 && groups[0].jid === group,
				},
				{
					reply: ask('POST', 'media/upload', { media_type: 'document', data: 'YQ==' }),
					isRight: ({ file_length: length }) => length === 1,
				},
			)
		},
	}
}

const faults = {
	'answers no query': (t: Awaited<ReturnType<typeof openTraffic>>) =>
		void t.sandbox.whatsapp.queryFaults.silence({ account: t.owner.account.phone }, SILENT_MS),
	'lets nothing pass on the connection': (t: Awaited<ReturnType<typeof openTraffic>>) =>
		t.sandbox.whatsapp.freezes(t.owner.account, SILENT_MS),
}

for (const [what, cause] of Object.entries(faults)) {
	test(`while WhatsApp ${what} for a minute, every answer is right and in time, and nothing is lost`, async (t) => {
		const traffic = await openTraffic(t)
		const { goesOn, sends, questions, readers, gateway } = traffic
		for (let round = 0; round < 5; round++) {
			goesOn()
			await pause(200)
		}
		cause(traffic)
		const end = performance.now() + SILENT_MS
		while (performance.now() < end) {
			goesOn()
			await pause(2_000)
		}
		await gateway.becomes('main', 'open')
		goesOn()

		for (const { reply, isRight } of questions) {
			const { status, body, text, ms } = await reply
			assert.ok(ms < QUESTION_MS + SLACK_MS, `answered after ${ms} ms: ${text}`)
			if (status === 200) assert.ok(isRight(body), text)
			else assert.ok(['whatsapp_silent', 'session_not_open'].includes(body.code), text)
		}
		const promised = new Map<Reader, string[]>(readers.map((reader) => [reader, []]))
		for (const { reader, text, reply } of sends) {
			const { status, body, text: said, ms } = await reply
			assert.ok(ms < SEND_TIMEOUT_MS + SLACK_MS, `answered after ${ms} ms: ${said}`)
			if (status === 200 || status === 202) promised.get(reader)!.push(text)
			else assert.ok(['session_not_open', 'send_timeout'].includes(body.code), said)
		}
		for (const [reader, texts] of promised) {
			await until(`${reader.to} has got everything`, () => reader.texts().length >= texts.length)
			assert.deepEqual(reader.texts(), texts, `to ${reader.to}`)
		}
		assert.ok(questions.length > 60 && sends.length > 100)
	})
}
