import {
	isJidGroup,
	isJidNewsletter,
	isLidUser,
	jidDecode,
	jidNormalizedUser,
	type WASocket,
} from '@whiskeysockets/baileys'
import { GatewayError } from '../../errors.ts'
import { askWhatsApp } from '../ask/ask-whatsapp.ts'
import type { GroupCache } from '../group-cache.ts'
import { isNo } from '../ask/whatsapp-errors.ts'
import { perSocket } from '../per-socket.ts'
import type { OutgoingMessage } from './outgoing-message.ts'

type Addressed = Pick<OutgoingMessage, 'address' | 'audience'>

/**
 * Finds the devices of the people who get a message, and their keys, before Baileys does: it would ask while every
 * other send of the account waits, and it sends a message that nobody can read if WhatsApp names no device.
 * @returns waits until they are known; throws GatewayError recipient_has_no_device, recipient_not_on_whatsapp for a
 * group that the account is not in, and those of `askWhatsApp`
 */
export function createDeviceFinder(groups: Pick<GroupCache, 'get'>) {
	/** People without a device in WhatsApp's answers on a connection; Baileys goes on asking for them. */
	const without = perSocket(() => new Set<string>())

	return async function findDevices(
		socket: WASocket,
		{ address: to, audience }: Addressed,
	): Promise<void> {
		const people = await peopleOf(socket, { address: to, audience }, groups)
		if (people.length === 0) return
		const unknown = await unknownOf(socket, people)
		if (unknown.length === 0) return
		const others = people.filter((jid) => !isOwn(socket, jid))
		const recipients = others.length ? others : people
		const isAnybodyKnown = recipients.some((jid) => !unknown.includes(jid))
		const empty = without(socket)
		const wanted = isAnybodyKnown ? unknown.filter((jid) => !empty.has(jid)) : unknown
		if (wanted.length === 0) return
		await askForDevices(socket, wanted)
		const left = await unknownOf(socket, wanted)
		for (const jid of left) empty.add(jid)
		if (!isAnybodyKnown && recipients.every((jid) => left.includes(jid))) throw noDevice(to)
	}
}

/** The recipients of a message, our own account included; nobody in a channel, where nothing is encrypted. */
async function peopleOf(
	{ user }: WASocket,
	{ address: to, audience }: Addressed,
	groups: Pick<GroupCache, 'get'>,
): Promise<string[]> {
	if (audience) return audience
	if (isJidNewsletter(to)) return []
	if (isJidGroup(to)) return membersOf(to, groups)
	const own = isLidUser(to) && user?.lid ? user.lid : user!.id
	return [...new Set([to, jidNormalizedUser(own)])]
}

async function membersOf(group: string, groups: Pick<GroupCache, 'get'>): Promise<string[]> {
	const { participants } = await groups.get(group).catch((error: unknown) => {
		throw isNo(error) ? noMember(error) : error
	})
	return participants.map(({ id }) => id)
}

async function unknownOf({ userDevicesCache }: WASocket, people: string[]): Promise<string[]> {
	const known = await Promise.all(
		people.map((jid) => userDevicesCache.get(jidDecode(jid)?.user ?? '')),
	)
	return people.filter((_, index) => !known[index])
}

async function askForDevices(socket: WASocket, people: string[]): Promise<void> {
	const devices = await askWhatsApp(() => socket.getUSyncDevices(people, false, false))
	await askWhatsApp(() => socket.assertSessions(devices.map(({ jid }) => jid)))
}

const isOwn = ({ user }: WASocket, jid: string): boolean =>
	[user?.id, user?.lid].some((own) => own && jidNormalizedUser(own) === jidNormalizedUser(jid))

function noDevice(to: string): GatewayError {
	const whose = isJidGroup(to) ? 'anybody else in the group' : 'the recipient'
	const advice =
		`WhatsApp names no device of ${whose}, so there is nobody to encrypt for. Nothing was sent. ` +
		'Check `to`, or try again later.'
	return new GatewayError('recipient_has_no_device', advice, { field: 'to' })
}

function noMember(cause: unknown): GatewayError {
	const advice = 'The group does not exist, or this account is not a member. Check `to`.'
	return new GatewayError('recipient_not_on_whatsapp', advice, { field: 'to', cause })
}
