import { problem, startRecorder, type Recorded } from '../../../support/recorder.ts'

type ChatMessage = { role: string; content: string | { text?: string }[] | null }

/** What a model asks for, instead of answering. */
export type ToolCall = { tool: string; input?: object }

const textOf = ({ content }: ChatMessage) =>
	typeof content === 'string' ? content : (content ?? []).map(({ text }) => text ?? '').join('')

const toolCall = ({ tool, input = {} }: ToolCall, index: number) => ({
	index,
	id: `call-${crypto.randomUUID()}`,
	type: 'function',
	function: { name: tool, arguments: JSON.stringify(input) },
})

/**
 * Speaks OpenAI's chat completions, and answers what the test makes of all that the person has said, and of what the
 * tools have said since then.
 */
export async function startModel(
	answer: (said: string[], results: string[]) => string | ToolCall[],
) {
	const instructions: string[] = []

	function complete({ path, body }: Recorded) {
		if (path !== '/v1/chat/completions') return problem(404, 'Not found', path, 'not_found')
		const { model, messages, stream } = body as {
			model: string
			messages: ChatMessage[]
			stream?: boolean
		}
		const of = (role: string, from = messages) =>
			from.filter((message) => message.role === role).map(textOf)
		instructions.push([...of('system'), ...of('developer')].join('\n'))
		const asked = messages.findLastIndex(({ role }) => role === 'user')
		const next = answer(of('user'), of('tool', messages.slice(asked)))
		const common = { id: `chatcmpl-${instructions.length}`, created: 1_795_255_200, model }
		const isText = typeof next === 'string'
		const said = isText ? { content: next } : { content: null, tool_calls: next.map(toolCall) }
		const message = { role: 'assistant', ...said }
		const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 }
		const ended = { index: 0, finish_reason: isText ? 'stop' : 'tool_calls' }
		if (!stream) {
			const choices = [{ ...ended, message }]
			return { status: 200, body: { ...common, object: 'chat.completion', choices, usage } }
		}
		const choices = [{ ...ended, delta: message }]
		const chunk = { ...common, object: 'chat.completion.chunk', choices, usage }
		const sent = `data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`
		return { status: 200, type: 'text/event-stream', body: sent }
	}

	const { url, stop } = await startRecorder(complete)
	return { url, instructions, stop }
}
