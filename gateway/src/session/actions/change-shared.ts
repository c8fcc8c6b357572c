import { proto, type WAPatchCreate } from '@whiskeysockets/baileys'
import { changeAppState } from '../app-state/change-app-state.ts'
import { sharedEffects } from '../receive/app-state/index.ts'
import type { SessionDeps } from '../session-deps.ts'

/**
 * Changes what the devices of the account share, and tells what is different now: WhatsApp does not tell the device that
 * makes a change. Those of one collection are stored together.
 * @throws GatewayError those of `changeAppState`
 */
export async function changeShared(
	deps: SessionDeps,
	changes: readonly WAPatchCreate[],
): Promise<void> {
	const byCollection = Map.groupBy(changes, ({ type }) => type)
	for (const [first, ...others] of byCollection.values()) {
		await changeAppState(deps.socket, first!, ...others)
		for (const change of [first!, ...others]) await note(deps, change)
	}
}

const { REMOVE } = proto.SyncdMutation.SyncdOperation

async function note(deps: SessionDeps, { index, syncAction, operation }: WAPatchCreate) {
	const removed = operation === REMOVE
	const change = { index, value: removed ? {} : syncAction, removed }
	for (const { event, changes = [] } of await sharedEffects(change, deps))
		if (event) await deps.tell(event, changes)
		else await deps.state.commit(changes)
}
