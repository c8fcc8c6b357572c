import { outputOf, type Workflow, type WorkflowDraft } from '../../../support/n8n.ts'
import { until } from '../../../support/wait.ts'
import { example } from '../support/asking.ts'
import { ANNA, INSTALLING, openWorld, SHOP } from '../support/world.ts'

export { ANNA, INSTALLING, SHOP }
export const BEN = '491700000003'
export const CLARA = '491700000004'
/** Has the number that the examples have for the owner of the workflow and for colleagues. */
export const COLLEAGUE = '491700000009'
/** Of another country. */
export const DAN = '12025550123'

export const jidOf = (phone: string) => `${phone}@s.whatsapp.net`

export type Shop = Awaited<ReturnType<typeof openShop>>

/** One n8n for all examples, and the people who play in them. */
export async function openShop() {
	const world = await openWorld({ business: true })
	for (const [phone, name] of [
		[BEN, 'Ben'],
		[CLARA, 'Clara'],
		[COLLEAGUE, 'Colleague'],
		[DAN, 'Dan'],
	] as const)
		await world.gateway.person(phone, name)

	const { gateway, n8n } = world
	return {
		...world,

		/** Imports an example, does what its note says is to be done once, and activates it. */
		async starts(file: string, adapted = (draft: WorkflowDraft) => draft) {
			const draft = adapted(example(file, world.using))
			const workflow = await n8n.createWorkflow(draft)
			if (draft.nodes.some(({ name }) => name === 'Run this once'))
				await succeeds(await n8n.run(workflow, 'Run this once'))
			return world.activated(workflow)
		},

		/** Runs an example from its clock, as if the hour were over. */
		runsNow: async (workflow: Workflow) => succeeds(await n8n.run(workflow, 'Every hour')),

		/** Waits until a workflow is done with the message that has this text. */
		isDoneWith: (workflow: Workflow, trigger: string, text: string) =>
			until(`${workflow.name} is done with "${text}"`, async () => {
				const runs = await world.runsOf(workflow)
				return runs.some(
					(run) =>
						run.status === 'success' &&
						outputOf(run, trigger).some(({ json }) => json.text === text),
				)
			}),

		/** Posts to the production URL of a webhook or form, as soon as n8n listens there. */
		posts: (path: string, body: string | FormData, headers: Record<string, string> = {}) =>
			until(`n8n listens at ${path}`, async () => {
				const { status } = await fetch(`${n8n.url}/${path}`, { method: 'POST', body, headers })
				return status === 200
			}),

		/** Waits until these are the texts that the phone got after that point. */
		reads: (phone: string, after: number, texts: string[]) =>
			until(`${phone} reads ${texts.join(' | ')}`, async () => {
				const got = (await gateway.received(phone, after)).map(({ text }) => text)
				if (got.length > texts.length) throw new Error(`${phone} got ${got.join(' | ')}`)
				return got.length === texts.length && got.every((text, n) => text === texts[n])
			}),

		/** Waits until a data table has rows with these values, in their order. */
		keeps: (table: string, wanted: object[]) => {
			const isLike = (row: Record<string, unknown> | undefined, like: object) =>
				Object.entries(like).every(([column, value]) => row?.[column] === value)
			return until(`${table} has ${JSON.stringify(wanted)}`, async () => {
				const rows = await n8n.rows(table)
				return rows.length === wanted.length && wanted.every((like, n) => isLike(rows[n], like))
			})
		},

		phone: (phone: string, action: string, body: object) =>
			gateway.request<{ id: string }>('POST', `/sandbox/phones/${phone}/${action}`, body),
	}
}

async function succeeds(run: { status: string; data: { resultData: { error?: unknown } } }) {
	if (run.status !== 'success')
		throw new Error(`${run.status}: ${JSON.stringify(run.data.resultData.error)}`)
}
