import {
	getBinaryNodeChild,
	getBinaryNodeChildren,
	proto,
	type BinaryNode,
	type WASocket,
} from '@whiskeysockets/baileys'
import type { AuthState } from '../signal/auth-state.ts'
import type { AddressForm } from '../state/addressing.ts'

/** WhatsApp's number for `lid_one_on_one_migration_enabled`. */
const MIGRATED_PROP = '9435'

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
		return formOf(proto.ClientPairingProps.decode(content).isChatDbLidMigrated === true)
	} catch {
		// It is said again in the properties.
		return undefined
	}
}

/** What is off is left out of the whole list. */
function formInProps(
	props: BinaryNode | undefined,
	{ isWhole }: { isWhole: boolean },
): AddressForm | undefined {
	const list = getBinaryNodeChildren(props, 'prop')
	const named = list.find(({ attrs }) => attrs.config_code === MIGRATED_PROP)
	if (named) return formOf(['1', 'true'].includes(named.attrs.config_value ?? ''))
	return isWhole && list.length > 0 ? 'phone' : undefined
}

const formOf = (isMigrated: boolean): AddressForm => (isMigrated ? 'lid' : 'phone')
