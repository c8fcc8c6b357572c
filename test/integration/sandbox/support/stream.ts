import type { Bubble, ChatView } from '../../../../gateway/src/sandbox/view/bubble.ts'
import type { Sandbox } from '../../../../gateway/src/sandbox/sandbox.ts'
import { until } from '../../../support/wait.ts'

type Event = { name: string; id: string | undefined; data: any }

/** What a page of a phone gets: its stream, and the values that follow from it. */
export async function openStream(sandbox: Sandbox, phone: string, lastId?: string) {
	const url = new URL(`/sandbox/phones/${phone}/stream`, sandbox.wsUrl.replace('ws:', 'http:'))
	const aborted = new AbortController()
	const response = await fetch(url, {
		signal: aborted.signal,
		...(lastId && { headers: { 'last-event-id': lastId } }),
	})
	const events: Event[] = []
	const values = new Map<string, any>()

	function take(text: string) {
		const fields = new Map(text.split('\n').map((line) => line.split(/: (.*)/) as [string, string]))
		const data = JSON.parse(fields.get('data') ?? '{}')
		events.push({ name: fields.get('event') ?? '', id: fields.get('id'), data })
		for (const [key, value] of Object.entries(data.set ?? {})) values.set(key, value)
		for (const key of data.gone ?? []) values.delete(key)
	}

	async function read() {
		let rest = ''
		for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
			const parts = (rest + chunk).split('\n\n')
			rest = parts.pop()!
			parts.forEach(take)
		}
	}
	const ended = read().then(
		() => 'ended',
		() => 'aborted',
	)
	const of = <T>(kind: string): T[] =>
		[...values].filter(([key]) => key.startsWith(`${kind}/`)).map(([, value]) => value)

	const stream = {
		events,
		ended,
		get lastId() {
			return events.findLast(({ id }) => id)?.id
		},
		value: (key: string) => values.get(key),
		bubbles: () => of<Bubble>('bubble').sort((one, other) => one.seq - other.seq),
		chats: () => of<ChatView>('chat'),
		/** Waits until a bubble is as it should be. */
		shows: (what: string, fits: (bubble: Bubble) => unknown): Promise<Bubble> =>
			until(what, () => stream.bubbles().find(fits)),
		/** Waits until a chat is as it should be. */
		chatBecomes: (what: string, fits: (chat: ChatView) => unknown): Promise<ChatView> =>
			until(what, () => stream.chats().find(fits)),
		close: () => aborted.abort(),
	}
	return stream
}
