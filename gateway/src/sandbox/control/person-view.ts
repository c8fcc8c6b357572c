import type { Phone } from '../phone/phone.ts'
import type { Sandbox } from '../sandbox.ts'

/** A person with their phone, as the API shows them. */
export function personView({ whatsapp, sessionsOf }: Sandbox, phone: Phone) {
	const { account, incoming } = phone
	const { phone: number, lid, name, devices, addressing, spellings, business = false } = account
	return {
		...{ phone: number, lid, name, addressing, spelled_as: spellings, business },
		linked_devices: devices.filter(({ id }) => id !== 0).length,
		/** Linked devices that the phone lists besides. */
		other_devices: account.otherDevices ?? 0,
		active_devices: whatsapp.activeCompanions(account).length,
		online: phone.online,
		listens: incoming.listens,
		/** Whether linking a device of this person takes a passkey. */
		passkey: account.passkey !== undefined,
		username: account.username ?? null,
		/** Whether its chats of two are by LID; null if WhatsApp takes either form from it. */
		lid_migrated: account.lidMigration?.done ?? null,
		/** The id of the picture, or null. */
		avatar: account.picture?.id ?? null,
		/** Names of the gateway's sessions that are linked to this person. */
		sessions: sessionsOf(number),
	}
}

export type PersonView = ReturnType<typeof personView>
