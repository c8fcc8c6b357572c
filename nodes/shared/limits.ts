import type {
	IDataObject,
	IExecutePaginationFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow'
import { sleep } from 'n8n-workflow'

/** What becomes of a message that a limit of the number holds back. */
export const onLimit: INodeProperties = {
	displayName: 'On Limit',
	name: 'on_limit',
	type: 'options',
	options: [
		{
			name: 'Fail',
			value: 'fail',
			description: 'The item fails; its error says when the message may go',
		},
		{
			name: 'Skip',
			value: 'skip',
			description: 'The message is not sent; the item says so, and why',
		},
		{
			name: 'Wait',
			value: 'wait',
			description: 'The execution waits until the message may go, for a limited time',
		},
	],
	default: 'fail',
	description: 'What to do when the limits of the number do not let a message go now',
}

export const waitAtMost: INodeProperties = {
	displayName: 'Wait at Most (Minutes)',
	name: 'wait_at_most',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 1440 },
	default: 15,
	description: 'How long On Limit waits; if the message may go later only, the item fails at once',
}

const MINUTE_MS = 60_000
const SECOND_MS = 1_000

/** What `failWhenRefused` throws, or anything else. */
interface Held extends Error {
	description?: string | null
	context?: { details?: IDataObject }
}

/** Sends as On Limit says. A message that is held back has left nothing behind: it is sent with the same idempotency key. */
export async function withinLimits(
	node: IExecutePaginationFunctions,
	send: () => Promise<INodeExecutionData[]>,
): Promise<INodeExecutionData[]> {
	const chosen = node.getNodeParameter('additionalFields', {}) as IDataObject
	const endsAt = Date.now() + Number(chosen.wait_at_most ?? waitAtMost.default) * MINUTE_MS
	for (;;) {
		const { items, held } = await send().then(
			(sent) => ({ items: sent, held: undefined }),
			(thrown: Held) => ({ items: undefined, held: thrown }),
		)
		if (items) return items
		const details = held.context?.details ?? {}
		if (chosen.on_limit === 'skip' && isLimit(details)) return [skipped(held, details)]
		const waitMs = Number(details.retry_after ?? NaN) * SECOND_MS
		const isInTime = details.status === 429 && Date.now() + waitMs <= endsAt
		if (chosen.on_limit !== 'wait' || !isInTime) throw held
		await sleep(waitMs)
		if (isCancelled(node)) throw held
	}
}

/** WhatsApp's own refusal is one as well, but it is not to be repeated. */
const isLimit = ({ status, code }: IDataObject) => status === 429 || code === 'reachout_timelocked'

const skipped = ({ message, description }: Held, details: IDataObject): INodeExecutionData => ({
	json: { ...details, status: 'skipped', message: description ?? message },
})

const isCancelled = (node: IExecutePaginationFunctions): boolean =>
	node.getExecutionCancelSignal?.()?.aborted === true
