import { problem, startRecorder, type Recorded } from '../../../support/recorder.ts'

type ChatMessage = { role: string; content: string | { text?: string }[] }

const textOf = ({ content }: ChatMessage) =>
	typeof content === 'string' ? content : content.map(({ text }) => text ?? '').join('')

/** Speaks OpenAI's chat completions, and answers what the test makes of all that the person has said. */
export async function startModel(answer: (said: string[]) => string) {
	const instructions: string[] = []

	function complete({ path, body }: Recorded) {
		if (path !== '/v1/chat/completions') return problem(404, 'Not found', path, 'not_found')
		const { model, messages, stream } = body as {
			model: string
			messages: ChatMessage[]
			stream?: boolean
		}
		const of = (role: string) => messages.filter((message) => message.role === role).map(textOf)
		instructions.push([...of('system'), ...of('developer')].join('\n'))
		const common = { id: `chatcmpl-${instructions.length}`, created: 1_795_255_200, model }
		const message = { role: 'assistant', content: answer(of('user')) }
		const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 }
		const ended = { index: 0, finish_reason: 'stop' }
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
