import { createChannel, follow } from '../../../../../gateway/src/sandbox/server/channels.ts'
import type { Phone } from '../../../../../gateway/src/sandbox/index.ts'
import type { World } from '../groups/world.ts'

export const pathOf = (channel: string, below = '') =>
	`channels/${encodeURIComponent(channel)}${below}`

/** A channel of somebody's, with followers. */
export function channelOf({ sandbox }: World, owner: Phone, name: string, followers: Phone[] = []) {
	const channel = createChannel(sandbox.whatsapp, owner.account, { name })
	for (const { account } of followers) follow(channel, account)
	return channel
}

/** Asks the sandbox's control API for something. */
export async function controls({ sandbox }: World, path: string, body: object): Promise<void> {
	const answer = await sandbox.control.request(path, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	})
	if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
}
