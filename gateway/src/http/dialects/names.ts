import { GatewayError, isGatewayError } from '../../errors.ts'

/** Their names for fields of ours: of whole places (`contact.display_name`) or of single steps (`button_id`). */
export type FieldNames = Record<string, string>

/** Runs something that speaks of our fields; in what it throws, fields have their names. */
export async function withForeignFieldNames<T>(
	names: FieldNames,
	act: () => Promise<T>,
): Promise<T> {
	try {
		return await act()
	} catch (error) {
		throw isGatewayError(error) ? translated(error, names) : error
	}
}

function translated(error: GatewayError, names: FieldNames): GatewayError {
	const { code, message, facts, cause } = error
	const said = message.replaceAll(
		/`([\w.]+)`/g,
		(_, place: string) => `\`${foreignName(place, names)}\``,
	)
	const field = facts.field === undefined ? {} : { field: foreignName(facts.field, names) }
	return new GatewayError(code, said, { ...facts, ...field, cause })
}

function foreignName(place: string, names: FieldNames): string {
	return (
		names[place] ??
		place
			.split('.')
			.map((step) => names[step] ?? step)
			.join('.')
	)
}
