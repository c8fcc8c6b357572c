/** Their spelling of an address: people are at `c.us`. */
export function theirs(jid: string): string {
	return jid.replace(/@s\.whatsapp\.net$/, '@c.us')
}

/** An address in its parts. */
export function widOf(jid: string) {
	const whole = theirs(jid)
	const [user = '', server = ''] = whole.split('@')
	return { server, user, _serialized: whole }
}

/** A message's id, and with it whose it is and where. */
export function keyFromId(fromMe: boolean, chat: string, id: string) {
	const remote = theirs(chat)
	return { fromMe, remote, id, _serialized: `${fromMe}_${remote}_${id}` }
}

/** The bare id of a message that may be spelt `true_<chat>_<id>`, in groups with its author behind. */
export function bareId(text: string): string {
	return /^(?:true|false)_[^_]+@[^_]+_([^_]+)/.exec(text)?.[1] ?? text
}
