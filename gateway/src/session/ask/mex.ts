import { getBinaryNodeChild, type WASocket } from '@whiskeysockets/baileys'
import { isGatewayError } from '../../errors.ts'
import { element } from './element.ts'
import { askIq } from './iq.ts'
import { answerUnreadable, refusedWith } from './whatsapp-errors.ts'

/** A query of WhatsApp's GraphQL as some version of WhatsApp Web has it: its number, and where the answer has its data. */
export type MexVersion = { id: string; path: string }

/** A query by its numbers, in the order in which they are tried: numbers stop working as WhatsApp Web goes on. */
export type MexQuery = readonly [MexVersion, ...MexVersion[]]

/** What GraphQL answers. */
export type MexAnswer = { data: Record<string, unknown> | null; errors: MexError[] }

export type MexError = { message?: string; extensions?: { error_code?: number | string } }

/**
 * Asks WhatsApp's GraphQL; by the next number if WhatsApp does not know one any more. Baileys' own function takes the
 * codes of refusals for those of lost connections.
 * @returns the data below `path`; null if WhatsApp answers with that
 * @throws GatewayError those of `askWhatsApp`; of several numbers that are refused, what was said to the first
 */
export async function askMex(
	socket: WASocket,
	query: MexQuery,
	variables: object,
): Promise<unknown> {
	const refusals: unknown[] = []
	for (const { id, path } of query)
		try {
			return dataIn(await sendMex(socket, id, variables), path)
		} catch (error) {
			if (!isOutdated(error)) throw error
			refusals.push(error)
		}
	throw refusals[0]
}

/** Sends a query by its number, as it is. @throws GatewayError those of `askWhatsApp`, for the query as a whole */
export async function sendMex(socket: WASocket, id: string, variables: object): Promise<MexAnswer> {
	const query = element('query', { query_id: id }, Buffer.from(JSON.stringify({ variables })))
	const answer = await askIq(socket, { type: 'get', xmlns: 'w:mex', content: [query] })
	const { content } = getBinaryNodeChild(answer, 'result') ?? {}
	if (!content || Array.isArray(content)) throw answerUnreadable('it has no result')
	const { data, errors } = parsed(Buffer.from(content).toString())
	return { data: data ?? null, errors: errors ?? [] }
}

function parsed(text: string): Partial<MexAnswer> {
	try {
		return Object(JSON.parse(text))
	} catch (cause) {
		throw answerUnreadable('its result is not JSON', cause)
	}
}

const FAILED = 500

function dataIn({ data, errors: [error] }: MexAnswer, path: string): unknown {
	if (error) throw refusedWith(Number(error.extensions?.error_code ?? FAILED), error.message ?? '')
	if (data?.[path] === undefined) throw answerUnreadable(`it has no ${path}`)
	return data[path]
}

/** WhatsApp has no code of its own for a number that it does not know any more. */
const isOutdated = (error: unknown) =>
	isGatewayError(error) &&
	(error.facts.whatsapp_code === '400' || /document|persisted/i.test(error.message))
