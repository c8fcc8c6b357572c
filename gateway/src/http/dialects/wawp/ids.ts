/** A JID as Wawp writes it: people are at `c.us`. */
export function toWawpJid(jid: string): string {
	return jid.replace(/@s\.whatsapp\.net$/, '@c.us')
}

/** A JID in its parts, which WhatsApp Web calls a wid. */
export function widOf(jid: string) {
	const jidText = toWawpJid(jid)
	const [user = '', server = ''] = jidText.split('@')
	return { server, user, _serialized: jidText }
}

/** The id of a message together with its chat and whether this account sent it. */
export function messageKeyOf(fromMe: boolean, chat: string, id: string) {
	const remote = toWawpJid(chat)
	return { fromMe, remote, id, _serialized: `${fromMe}_${remote}_${id}` }
}

/** The id alone, of a text such as `true_<chat>_<id>`, which ends with the author in groups. */
export function bareId(text: string): string {
	return /^(?:true|false)_[^_]+@[^_]+_([^_]+)/.exec(text)?.[1] ?? text
}
