import type { Dispatcher } from 'undici'
import { clearTimeout, setTimeout } from '../../lib/own-timers.ts'

/** The rest of an answer may come for so long: an answer counts from its headers on, whatever becomes of its body. */
const BODY_MS = 500
const BODY_BYTES = 64 * 1024
/** Enough to see why something was refused. */
const BEGINNING_CHARACTERS = 200

/** What was answered. `beginning` is that of the body, if it was asked for. */
export type Answer = {
	status: number
	headers: Readonly<Record<string, string | string[] | undefined>>
	beginning: string
}

export type Exchange = {
	/** Rejects with undici's error if there is no answer, and with the reason of `giveUp`. */
	answer: Promise<Answer>
	giveUp(reason: Error): void
}

/** The controller that undici gives with the first call, to end a request. */
type Controller = Dispatcher.DispatchController

/**
 * Sends a request by undici's `dispatch`, which makes no stream of the answer and no signal for the request: at 50
 * requests per second that halves what one costs. The body of the answer is read for a moment, so that its connection can
 * be used again; one that does not end closes it.
 * @param wantsBeginning whether to wait for the body; otherwise the answer counts from its headers on
 */
export function exchange(
	dispatcher: Dispatcher,
	options: Dispatcher.DispatchOptions,
	wantsBeginning: boolean,
): Exchange {
	const { promise, resolve, reject } = Promise.withResolvers<Answer>()
	let controller: Controller | undefined
	let given: Error | undefined
	let answer: Answer | undefined
	let timer: NodeJS.Timeout | undefined
	let bytes = 0
	const chunks: Buffer[] = []

	/** The body has ended, or enough of it has come. */
	function finish() {
		clearTimeout(timer)
		if (!answer) return
		const beginning = Buffer.concat(chunks).toString().slice(0, BEGINNING_CHARACTERS)
		resolve({ ...answer, beginning })
	}

	function endBody() {
		finish()
		controller?.abort(new Error('enough'))
	}

	dispatcher.dispatch(options, {
		onRequestStart(started) {
			controller = started
			if (given) started.abort(given)
		},
		onResponseStart(_, status, headers) {
			// Others are to come: 103, or 100 where nobody has asked for it.
			if (status < 200) return
			answer = { status, headers, beginning: '' }
			timer = setTimeout(endBody, BODY_MS)
			if (!wantsBeginning) resolve(answer)
		},
		onResponseData(_, chunk) {
			bytes += chunk.length
			if (wantsBeginning) chunks.push(chunk)
			if (bytes > BODY_BYTES) endBody()
		},
		onResponseEnd: finish,
		onResponseError(_, error) {
			// Of a body that broke off, what came is its beginning.
			finish()
			reject(error)
		},
	})

	return {
		answer: promise,
		giveUp(reason) {
			given = reason
			reject(reason)
			controller?.abort(reason)
		},
	}
}
