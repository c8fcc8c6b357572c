import type { ActiveFault } from '../../src/sandbox/server/active-fault.ts'

/** Something that can go wrong: what it is called, what is sent, and what a workflow will see. */
export type FaultKind = {
	name: string
	sees: string
	/** Undefined where it cannot be done now. @param last the id of the newest message to that person */
	body(account: string, last: string | undefined): object | undefined
}

export const faultKinds: FaultKind[] = [
	{
		name: 'Cut the connection',
		sees: 'The number reconnects by itself within seconds; messages wait.',
		body: (account) => ({ type: 'drop', account }),
	},
	{
		name: 'Hold “sent” ticks',
		sees: 'A send gets no answer until you let the ticks go, or it times out and is tried again.',
		body: (account) => ({ type: 'hold_acks', account }),
	},
	{
		name: 'Garble the next message',
		sees: 'It arrives and cannot be decrypted; the gateway asks for it again and tells it once.',
		body: (account) => ({ type: 'garble', account }),
	},
	{
		name: 'Refuse the next message',
		sees: 'The send fails: WhatsApp refused it, with code 463.',
		body: (account) => ({ type: 'refuse_messages', account, code: 463 }),
	},
	{
		name: 'Deliver the last message twice',
		sees: 'Nothing: a message that comes twice starts a workflow once.',
		body: (account, last) =>
			last === undefined ? undefined : { type: 'redeliver', account, message_id: last },
	},
	{
		name: 'Lose all files',
		sees: 'Files that were sent are gone from WhatsApp; the gateway asks the phone for them again.',
		body: (account) => ({ type: 'lose_media', account }),
	},
	{
		name: 'Freeze the connection for 60 s',
		sees: 'Nothing passes, and nothing says so: sends wait, and go on when it thaws.',
		body: (account) => ({ type: 'freeze', account, seconds: 60 }),
	},
	{
		name: 'WhatsApp is down for 30 s',
		sees: 'Nothing new connects; sends wait or fail, and all of it goes on afterwards.',
		body: () => ({ type: 'down', seconds: 30 }),
	},
	{
		name: 'End with code 503',
		sees: 'WhatsApp ends the connection; the number reconnects by itself.',
		body: (account) => ({ type: 'stream_error', account, code: 503 }),
	},
	{
		name: 'End with code 401',
		sees: 'WhatsApp unlinks the number: it needs a new scan.',
		body: (account) => ({ type: 'stream_error', account, code: 401 }),
	},
]

const said: Record<string, string> = {
	hold_acks: '“Sent” ticks are held',
	garble: 'The next message is garbled',
	refuse_messages: 'The next message is refused',
	down: 'WhatsApp is down',
	freeze: 'The connection is frozen',
	lose_media: 'All files are lost',
	silence: 'Queries are not answered',
	rate_limit: 'Queries are refused as too many',
	refuse_upgrade: 'New connections are refused',
	refuse_uploads: 'Uploads are refused',
	no_devices: 'Answers name no devices',
	leave_out: 'Answers leave the person out',
	late_retry: 'What is asked for again comes late',
	conflict: 'Changes of shared settings are refused',
}

/** What is wrong, in a line. @param nameOf the name of a number */
export function faultLine(fault: ActiveFault, nameOf: (phone: string) => string): string {
	const { account, waiting, until, times } = fault
	const parts = [
		said[fault.type] ?? fault.type,
		account && `for ${nameOf(account)}`,
		waiting !== undefined && `(${waiting} waiting)`,
		times !== undefined && times > 1 && `(${times} times)`,
		until !== undefined && `until ${new Date(until).toLocaleTimeString()}`,
	]
	return parts.filter(Boolean).join(' ')
}

/** What ends a fault is called. */
export const endLabel = ({ type }: ActiveFault): string =>
	type === 'hold_acks' ? 'Let them go' : 'End it'
