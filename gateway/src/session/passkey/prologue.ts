import { createHash } from 'node:crypto'
import { proto } from '@whiskeysockets/baileys'

export type PrologueParts = {
	/** X25519, 32 bytes. */
	publicKey: Uint8Array
	/** As it was registered. */
	deviceType: number
	ref: string
	/** 32 bytes, which are told later only. */
	nonce: Uint8Array
}

/** The companion's first word to the phone, with the commitment to a nonce. @returns an encoded ProloguePayload */
export function prologueOf({ publicKey, deviceType, ref, nonce }: PrologueParts): Uint8Array {
	// The commitment is to the bytes that are sent.
	const identity = proto.CompanionEphemeralIdentity.encode({ publicKey, deviceType, ref }).finish()
	const hash = createHash('sha256').update(identity).update(nonce).digest()
	return proto.ProloguePayload.encode({
		companionEphemeralIdentity: identity,
		commitment: { hash },
	}).finish()
}

/** What the phone is told that this device is. Baileys registers it by the same rule (validate-connection.js). */
export function deviceTypeOf([, name]: [string, string, string]): number {
	const { PlatformType } = proto.DeviceProps
	return PlatformType[name.toUpperCase() as keyof typeof PlatformType] ?? PlatformType.CHROME
}
