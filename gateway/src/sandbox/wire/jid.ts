/** `user[:device]@server`, the address of one device (0 is the phone itself) or of an account. */
export type Jid = { user: string; device: number; server: string }

export const PN_SERVER = 's.whatsapp.net'
export const LID_SERVER = 'lid'
/** The jid of the server itself, as a sender. */
export const SERVER_JID = '@s.whatsapp.net'

export function parseJid(jid: string): Jid {
	const [local = '', server = ''] = jid.split('@')
	const [name = '', device = '0'] = local.split(':')
	return { user: name.split('_')[0] ?? '', device: Number(device), server }
}

export const formatJid = ({ user, device, server }: Jid) =>
	device === 0 ? `${user}@${server}` : `${user}:${device}@${server}`
