import { defineHearing, who } from './define.ts'

export const presences = defineHearing('presence.update', ({ id, presences }, hearer) =>
	Object.entries(presences).flatMap(([jid, { lastKnownPresence: presence, lastSeen }]) => {
		const [chat, sender] = [who(id, hearer), who(jid, hearer)]
		if (!chat || !sender) return []
		const data = { chat, sender, presence, last_seen: lastSeen ?? null }
		return [{ happening: { type: 'chat.presence', data } }]
	}),
)
