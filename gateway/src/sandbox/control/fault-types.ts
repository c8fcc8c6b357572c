import { z } from 'zod'
import type { Sandbox } from '../sandbox.ts'
import { accountOf, ControlError, phoneNumber } from './context.ts'

/** A fault that can be caused; `schema` is its body without the type. */
export type FaultType = {
	schema: z.ZodType
	cause: (sandbox: Sandbox, said: never) => Promise<void> | void
}

function fault<F extends z.ZodRawShape>(
	fields: F,
	cause: (sandbox: Sandbox, said: z.output<z.ZodObject<F>>) => Promise<void> | void,
): FaultType {
	return { schema: z.strictObject(fields), cause }
}

const account = phoneNumber
const xmlns = z.string().min(1).optional()
const times = z.number().int().min(1).default(1)
const seconds = z.number().positive().max(3600)
const code = z.number().int()
const httpError = z.number().int().min(400).max(599)

const unreachable: Record<string, FaultType> = {
	drop: fault({ account }, (sandbox, said) =>
		sandbox.whatsapp.drops(accountOf(sandbox, said.account)),
	),
	stream_error: fault({ account, code }, (sandbox, said) =>
		sandbox.whatsapp.endsStreams(accountOf(sandbox, said.account), said.code),
	),
	freeze: fault({ account, seconds }, (sandbox, said) =>
		sandbox.whatsapp.freezes(accountOf(sandbox, said.account), said.seconds * 1000),
	),
	down: fault({ seconds }, ({ whatsapp }, said) => whatsapp.faults.goDown(said.seconds * 1000)),
	refuse_upgrade: fault({ times, status: httpError.default(503) }, ({ whatsapp }, said) =>
		whatsapp.faults.refuseUpgrades(said.status, said.times),
	),
}

const linking: Record<string, FaultType> = {
	refuse_link: fault({ account, times }, (sandbox, said) => {
		const { phone } = accountOf(sandbox, said.account)
		sandbox.whatsapp.faults.refuseLinks(phone, said.times)
	}),
}

const messages: Record<string, FaultType> = {
	hold_acks: fault({ account }, (sandbox, said) =>
		sandbox.whatsapp.faults.holdAcks(accountOf(sandbox, said.account).phone),
	),
	release_acks: fault({ account }, (sandbox, said) =>
		sandbox.whatsapp.faults.releaseAcks(accountOf(sandbox, said.account).phone),
	),
	refuse_messages: fault({ account, code, times }, (sandbox, said) => {
		const { phone } = accountOf(sandbox, said.account)
		sandbox.whatsapp.faults.refuseMessages(phone, said.code, said.times)
	}),
	garble: fault({ account, times }, (sandbox, said) => {
		const { phone } = accountOf(sandbox, said.account)
		sandbox.whatsapp.faults.garbleMessagesTo(phone, said.times)
	}),
	late_retry: fault(
		{
			account,
			seconds: z.number().min(0).max(3600).default(0),
			t: z.number().int().optional(),
			times,
		},
		(sandbox, said) => {
			const { phone } = accountOf(sandbox, said.account)
			const retry = { milliseconds: said.seconds * 1000, t: said.t }
			sandbox.whatsapp.faults.delayRetries(phone, retry, said.times)
		},
	),
	redeliver: fault({ account, message_id: z.string() }, (sandbox, said) => {
		const id = said.message_id
		if (!sandbox.whatsapp.redelivers(accountOf(sandbox, said.account), id))
			throw new ControlError(404, `Message ${id} was never delivered to this account.`)
	}),
}

const queries: Record<string, FaultType> = {
	silence: fault({ account, xmlns, seconds }, (sandbox, said) => {
		const { phone } = accountOf(sandbox, said.account)
		const which = { account: phone, xmlns: said.xmlns }
		sandbox.whatsapp.queryFaults.silence(which, said.seconds * 1000)
	}),
	rate_limit: fault({ account, xmlns, times }, (sandbox, said) => {
		const { phone } = accountOf(sandbox, said.account)
		sandbox.whatsapp.queryFaults.limitRate({ account: phone, xmlns: said.xmlns }, said.times)
	}),
	retire_query: fault({ id: z.string() }, ({ whatsapp }, said) =>
		whatsapp.queryFaults.retire(said.id),
	),
	conflict: fault({ account, times }, (sandbox, said) => {
		const { phone } = accountOf(sandbox, said.account)
		sandbox.whatsapp.queryFaults.refuseChanges(phone, said.times)
	}),
	no_devices: fault({ account, times }, (sandbox, said) => {
		const person = accountOf(sandbox, said.account)
		sandbox.whatsapp.queryFaults.leaveOut('devices', person, said.times)
	}),
	leave_out: fault({ account, times }, (sandbox, said) => {
		const person = accountOf(sandbox, said.account)
		sandbox.whatsapp.queryFaults.leaveOut('person', person, said.times)
	}),
}

const files: Record<string, FaultType> = {
	lose_media: fault(
		{ account, status: z.union([z.literal(404), z.literal(410)]).default(404) },
		(sandbox, said) =>
			sandbox.whatsapp.media.loses(accountOf(sandbox, said.account).phone, said.status),
	),
	refuse_uploads: fault(
		{ account: account.optional(), status: httpError, times },
		(sandbox, said) => {
			const phone = said.account && accountOf(sandbox, said.account).phone
			sandbox.whatsapp.media.refuseUploads(phone, said.status, said.times)
		},
	),
}

/** Every fault, by its type. */
export const faultTypes: Record<string, FaultType> = {
	...unreachable,
	...linking,
	...messages,
	...queries,
	...files,
}
