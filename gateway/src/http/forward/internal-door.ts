import { SECOND_MS } from '../../lib/units.ts'
import type { OwnerDirectory } from './directory.ts'
import { noOwner } from './errors.ts'
import { NOT_OWNER } from './hop.ts'
import type { Homeless } from './serve.ts'

/** How long a request of another gateway waits for a session that is just being opened here. */
const OPENING_MS = 5 * SECOND_MS

/**
 * Refuses a request of another gateway about a session that is not here: it looks the owner up again. A request is
 * forwarded once, so that two gateways that believe each other to be the owner never pass it to and fro.
 * @returns undefined if the session is here now
 */
export async function refuse(
	{ session, request, body }: Homeless,
	directory: OwnerDirectory,
): Promise<Response | undefined> {
	const { signal } = request
	let where = await directory.find(session)
	if (where.is === 'nowhere')
		where = await directory.waitForOwner(session, { ms: OPENING_MS, signal })
	const canRunAgain = !body || body.isRecorded()
	if (where.is === 'here' && canRunAgain) return undefined
	return notOwner(session, where.is === 'elsewhere' ? where.node : '')
}

/** 421 Misdirected Request, with the name of the owner if there is one. */
function notOwner(session: string, node: string): Response {
	const { message } = noOwner(session)
	return Response.json(
		{ detail: message, owner: node },
		{ status: 421, headers: { [NOT_OWNER]: node } },
	)
}
