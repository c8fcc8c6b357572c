import type { Ask } from './ask.ts'
import type { Fetch } from '../draining.ts'
import { createBodyTape, type BodyTape } from './body-tape.ts'
import type { OwnerDirectory } from './directory.ts'
import { Failure, inScope, type RequestScope, type Vouched } from './request-scope.ts'
import { AllWanted, NotHere } from './signals.ts'

/** A request whose handler has found that its session is not here. */
export type Homeless = { session: string; request: Request; body: BodyTape | undefined } & {
	scope: RequestScope
}

export type ServeOptions = {
	/** The application. */
	fetch: Fetch
	/** For bodies that are too large for memory. */
	directory: string
	/** Every session of the cluster. */
	listed: OwnerDirectory['listed']
	/** Asks the gateway that has a session. */
	ask: Ask
	/** Answers a request about a session that is not here; undefined to run the handler again, with what is known now. */
	homeless(request: Homeless, env: object | undefined): Promise<Response | undefined>
}

/** A handler is run again at most so often; each run has found something that it needs. */
const MAX_RUNS = 8

/**
 * Serves the requests of an application that looks sessions up by `routedSessions`. Its handlers run at once, as if all
 * sessions were here: most are. A lookup that needs the database ends the handler, which has done nothing then; when it is
 * known, the handler runs again from its start, or the request goes to another gateway.
 */
export function createServe({ fetch, directory, listed, ask, homeless }: ServeOptions) {
	return async function serve(
		request: Request,
		env: object | undefined,
		vouched?: Vouched,
	): Promise<Response> {
		const body = bodyOf(request, directory)
		const scope: RequestScope = {
			...(vouched && { vouched, caller: vouched.caller }),
			known: new Map(),
			isRerun: false,
			sends: false,
			honoursKey: false,
			headers: new Map(),
			stays: () => body?.stopRecording(),
			refresh,
			ask: (session, path) => ask(session, path, { request, scope }, env),
		}
		try {
			for (let runs = 1; ; runs++) {
				const answer = await runOnce().catch(answerTo)
				if (answer) return answer
				if (runs === MAX_RUNS)
					throw new Error(`a request was run ${runs} times, and never answered`)
				scope.isRerun = true
			}
		} finally {
			await body?.dispose()
		}

		async function refresh(): Promise<void> {
			scope.all = await listed().catch((error: unknown) => new Failure(error))
		}

		async function runOnce(): Promise<Response> {
			const { method, headers, signal } = request
			const run = body
				? new Request(request.url, { method, headers, signal, body: body.stream(), duplex: 'half' })
				: request
			return inScope(scope, () => fetch(run, env))
		}

		async function send(session: string): Promise<Response | undefined> {
			try {
				return await homeless({ session, request, body, scope }, env)
			} catch (error) {
				scope.known.set(session, new Failure(error))
				return undefined
			}
		}

		async function answerTo(thrown: unknown): Promise<Response | undefined> {
			if (thrown instanceof AllWanted) await refresh()
			else if (thrown instanceof NotHere) return send(thrown.session)
			else throw thrown
			return undefined
		}
	}
}

function bodyOf(request: Request, directory: string): BodyTape | undefined {
	if (request.method === 'GET' || request.method === 'HEAD') return undefined
	return request.body ? createBodyTape(request.body, directory) : undefined
}
