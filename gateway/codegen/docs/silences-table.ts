import { proto } from '@whiskeysockets/baileys'
import {
	actionsWithoutEffect,
	silentKinds,
	silentTypes,
} from '../../src/session/receive/messages/silent.ts'
import { withTable } from './generated-table.ts'

/** A page with the table of all that is no event. */
export function withSilences(page: string): string {
	const rows = [
		...Object.entries(silentKinds),
		...Object.entries(silentTypes).map(([type, why]) => [nameOfType(type), why] as const),
		...Object.entries(actionsWithoutEffect).map(
			([kind, why]) => [`${kind}, in some cases`, why] as const,
		),
	]
	return withTable(page, 'silences', [['content', 'why'], ...rows])
}

const nameOfType = (type: string) =>
	`protocolMessage ${proto.Message.ProtocolMessage.Type[Number(type)]}`
