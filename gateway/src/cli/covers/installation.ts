/** An installation of another system, as it tells of itself over its API. */
export type Installation = {
	/** `Evolution API`, `WAHA`. */
	system: string
	version: string
	instances: Instance[]
	/** Sentences about the whole of it. */
	remarks: string[]
}

/** One number of an installation. */
export type Instance = {
	name: string
	state: string
	/** The phone number; null if none is linked. */
	phone: string | null
	/** Why its login cannot be taken over; null if it can. */
	obstacle: string | null
	webhooks: { url: string; events: string[] }[]
	/** What else is switched on there, with what becomes of it: sentences. */
	remarks: string[]
}

/** What an installation answered instead of what was asked. */
export class UnexpectedAnswer extends Error {
	override name = 'UnexpectedAnswer'
}

/** Asks an installation. @throws UnexpectedAnswer for another status than 2xx, with a sentence that says what to do */
export function asker(url: string, headers: Record<string, string>) {
	const base = url.replace(/\/+$/, '')
	return async function ask<T>(path: string): Promise<T> {
		const answer = await fetch(base + path, {
			headers: { accept: 'application/json', ...headers },
			signal: AbortSignal.timeout(ANSWER_MS),
		}).catch((error: unknown) => {
			throw new UnexpectedAnswer(`${base} does not answer: ${reasonOf(error)}.`)
		})
		const text = await answer.text()
		if (answer.status === 401 || answer.status === 403)
			throw new UnexpectedAnswer(`The key is wrong: ${path} answered ${answer.status}.`)
		if (!answer.ok) throw new UnexpectedAnswer(`${path} answered ${answer.status}.`)
		try {
			return (text ? JSON.parse(text) : null) as T
		} catch {
			throw new UnexpectedAnswer(`${path} did not answer with JSON. Is ${base} the base URL?`)
		}
	}
}

const ANSWER_MS = 15_000

function reasonOf(error: unknown): string {
	const { cause, message } = error as Error & { cause?: { code?: string } }
	return cause?.code ?? message
}

/** The digits of a JID that names a person. */
export const phoneIn = (jid: string | null | undefined): string | null =>
	/^(\d+)[^@]*@(?:s\.whatsapp\.net|c\.us)$/.exec(jid ?? '')?.[1] ?? null
