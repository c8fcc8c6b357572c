import { clearTimeout, setTimeout } from '../../lib/own-timers.ts'
import { GatewayError } from '../../errors.ts'
import { SECOND_MS } from '../../lib/units.ts'

/** The end of the time that a send may take. */
export type Deadline = {
	/** Aborts at the deadline, with the error that `meet` rejects with. */
	signal: AbortSignal
	/** Waits for something, but not beyond the deadline. @throws GatewayError send_timeout, and the error of `end` */
	meet<T>(work: Promise<T>): Promise<T>
	/** Ends it now: every `meet` rejects with this error. */
	end(error: GatewayError): void
	/** Whole milliseconds that are left; 0 once it has passed. */
	leftMs(): number
	/** Calls it off. */
	cancel(): void
}

/** @param ms how long from now on */
export function createDeadline(ms: number): Deadline {
	const endsAt = performance.now() + ms
	const passing = new AbortController()
	const { promise: passed, reject } = Promise.withResolvers<never>()
	// Often nothing waits for it any more.
	passed.catch(() => undefined)
	const end = (error: GatewayError) => {
		passing.abort(error)
		reject(error)
	}
	const timer = setTimeout(() => end(notReady(ms)), ms)

	return {
		end,
		signal: passing.signal,
		meet: (work) => Promise.race([work, passed]),
		leftMs: () => Math.max(0, Math.ceil(endsAt - performance.now())),
		cancel: () => clearTimeout(timer),
	}
}

function notReady(ms: number): GatewayError {
	const advice =
		`The message was not ready within ${ms / SECOND_MS} seconds, and was not sent: its file, an earlier message to ` +
		'the chat or a question to WhatsApp took too long. Send it again, upload large files with POST …/media/upload first, or raise SEND_TIMEOUT.'
	return new GatewayError('send_timeout', advice)
}
