import type { Stage } from '../../../session/state/messages.ts'

/** WAHA's number of each stage; Baileys has one more. */
const acks: Record<Stage, number> = {
	failed: -1,
	accepted: 0,
	sent: 1,
	delivered: 2,
	read: 3,
	played: 4,
}

export const ackNames = ['ERROR', 'PENDING', 'SERVER', 'DEVICE', 'READ', 'PLAYED'] as const

export type Ack = { ack: number; ackName: (typeof ackNames)[number] }

/** How far a message has got, as WAHA says it. */
export function ackOf(stage: Stage): Ack {
	const ack = acks[stage]
	return { ack, ackName: ackNames[ack + 1]! }
}
