import { getBinaryNodeChild, proto, type BinaryNode, type WASocket } from '@whiskeysockets/baileys'
import { formIf, formInProps } from '../ask/address-property.ts'
import type { AuthState } from '../signal/auth-state.ts'
import type { AddressForm } from '../address-form.ts'

/**
 * Tells whether the chats of the account are by LID: WhatsApp says so when the device is linked, and in the account's
 * properties at each connection. Baileys reads neither.
 * @param known what was told before: WhatsApp leaves out properties that have not changed
 */
export function learnAddressForm(
	{ ws }: Pick<WASocket, 'ws'>,
	auth: AuthState,
	known: AddressForm | undefined,
	tell: (form: AddressForm) => void,
): void {
	// Without the hash of the last list all of it comes.
	if (!known) delete auth.creds.lastPropHash
	ws.on('CB:iq,,pair-success', (stanza: BinaryNode) => {
		const form = formWhenLinked(getBinaryNodeChild(stanza, 'pair-success'))
		if (form) tell(form)
	})
	ws.on('CB:iq,,props', (stanza: BinaryNode) => {
		const form = formInProps(getBinaryNodeChild(stanza, 'props'), { isWhole: !known })
		if (form) tell(form)
	})
}

function formWhenLinked(success: BinaryNode | undefined): AddressForm | undefined {
	const { content } = getBinaryNodeChild(success, 'client-props') ?? {}
	if (!(content instanceof Uint8Array)) return undefined
	try {
		return formIf(proto.ClientPairingProps.decode(content).isChatDbLidMigrated === true)
	} catch {
		// It is said again in the properties.
		return undefined
	}
}
