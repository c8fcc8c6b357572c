import type { BinaryNode, WASocket } from '@whiskeysockets/baileys'

/** A message as it is encrypted for one device. */
export type Copy = {
	node: BinaryNode
	/** Whether it begins a Signal session: the device must be told who we are. */
	isFirst: boolean
}

/**
 * Encrypts a message for each of these devices. One that cannot be encrypted for is left out, as Baileys does: the
 * others get it, and that one asks for it.
 * @param bytes the message, encoded and padded
 * @throws Error when it cannot be encrypted for any of them
 */
export async function encryptForAll(
	{ signalRepository }: WASocket,
	jids: readonly string[],
	bytes: Buffer,
): Promise<Copy[]> {
	const made = await Promise.allSettled(
		jids.map(async (jid): Promise<Copy> => {
			const { type, ciphertext } = await signalRepository.encryptMessage({ jid, data: bytes })
			const encrypted = { tag: 'enc', attrs: { v: '2', type }, content: ciphertext }
			const node = { tag: 'to', attrs: { jid }, content: [encrypted] }
			return { node, isFirst: type === 'pkmsg' }
		}),
	)
	const copies = made.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
	const [refused] = made.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))
	if (refused && !copies.length) throw new Error('All encryptions failed', { cause: refused })
	return copies
}
