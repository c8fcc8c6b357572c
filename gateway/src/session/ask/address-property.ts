import {
	getBinaryNodeChild,
	getBinaryNodeChildren,
	type BinaryNode,
	type WASocket,
} from '@whiskeysockets/baileys'
import type { AddressForm } from '../address-form.ts'
import { element } from './element.ts'
import { askIq } from './iq.ts'

/** WhatsApp's number for `lid_one_on_one_migration_enabled`. */
const MIGRATED_PROP = '9435'

/** The form that the account's properties say. What is off is left out of the whole list. */
export function formInProps(
	props: BinaryNode | undefined,
	{ isWhole }: { isWhole: boolean },
): AddressForm | undefined {
	const list = getBinaryNodeChildren(props, 'prop')
	const named = list.find(({ attrs }) => attrs.config_code === MIGRATED_PROP)
	if (named) return formIf(['1', 'true'].includes(named.attrs.config_value ?? ''))
	return isWhole && list.length > 0 ? 'phone' : undefined
}

export const formIf = (isMigrated: boolean): AddressForm => (isMigrated ? 'lid' : 'phone')

/** Asks WhatsApp for the account's properties, and how it addresses people. @throws GatewayError as `askWhatsApp` */
export async function askAddressForm(socket: WASocket): Promise<AddressForm | undefined> {
	const content = [element('props', { protocol: '1' })]
	const answer = await askIq(socket, { type: 'get', xmlns: 'abt', content })
	return formInProps(getBinaryNodeChild(answer, 'props'), { isWhole: true })
}
