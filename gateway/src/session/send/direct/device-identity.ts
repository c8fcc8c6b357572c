import { encodeSignedDeviceIdentity, type BinaryNode, type WASocket } from '@whiskeysockets/baileys'

/** The proof that this device belongs to the account, for devices that have no Signal session with it. */
export function deviceIdentity({ authState: { creds } }: WASocket): BinaryNode {
	const content = encodeSignedDeviceIdentity(creds.account!, true)
	return { tag: 'device-identity', attrs: {}, content }
}
