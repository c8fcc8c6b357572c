import { defineNotification, identityIn } from './define.ts'

export const presences = defineNotification('presence.update', ({ id, presences }, deps) =>
	Object.entries(presences).flatMap(([jid, { lastKnownPresence: presence, lastSeen }]) => {
		const [chat, sender] = [identityIn(id, deps), identityIn(jid, deps)]
		if (!chat || !sender) return []
		const data = { chat, sender, presence, last_seen: lastSeen ?? null }
		return [{ event: { type: 'chat.presence', data } }]
	}),
)
