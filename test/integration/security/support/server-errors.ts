import type { Heard } from './ask.ts'

/**
 * What is wrong with a server error, or undefined. Where WhatsApp answers whatever it is asked, there are two of them only:
 * what is not offered, and a session that is not connected, for which each API has the status that it has always had.
 */
export function unexpectedServerError({ status, text }: Heard): string | undefined {
	if (status < 500 || status === 501) return undefined
	return notConnected.some((words) => words.test(text)) ? undefined : 'nothing has failed'
}

const notConnected = [
	/\bSession \S+ is (?!open\b)\w+/,
	// Another request has made the session connect anew.
	/The connection was lost before WhatsApp answered/,
]
