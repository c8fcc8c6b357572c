import type { FileWork } from '../measure/files.ts'

/** Texts or files to send, one after another to the people in `to`, round and round. */
export type SendWork = {
	/** The phone number of the linked account. */
	from: string
	/** Phone numbers or group ids. */
	to: string[]
	count: number
	parallel: number
	/** No more are begun after this. */
	limitMs: number
	/** Instead of texts. */
	file?: FileWork
}

export type Sent = {
	/** Milliseconds from asking to the acknowledgement of WhatsApp's server, one per message. */
	latencies: number[]
	/** From the first message asked for to the last acknowledgement. */
	seconds: number
}

/** How a contender's Node is started. */
export type NodeOptions = { flags: string[]; inspectPort: number }

/** Who is measured: a process of its own that can link accounts, send and hear. */
export interface Contender {
	readonly name: 'raw' | 'gateway'
	/** Changes with `restart`. */
	readonly pid: number
	/** Where its inspector answers, once it was asked to open by a signal. */
	readonly inspectPort: number
	/** Links a device to the account with this number; resolves when it is open. */
	link(phone: string): Promise<void>
	send(work: SendWork): Promise<Sent>
	/** Begins to note the dated texts that arrive for an account. */
	listen(phone: string): Promise<void>
	/** Waits for so many since `listen`. @returns their ages on arrival in ms, fewer if the time is up */
	heard(count: number, withinMs: number): Promise<number[]>
	/** Ends the process and starts it again with what it has kept. @returns seconds until all are open */
	restart(): Promise<number>
	/** What a gateway can do, as its own description names it. */
	paths?(): Promise<string[]>
	stop(): Promise<void>
}
