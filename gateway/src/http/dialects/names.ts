import { GatewayError, isGatewayError } from '../../errors.ts'

/** Their names for fields of ours: of whole places (`contact.display_name`) or of single steps (`button_id`). */
export type Names = Record<string, string>

/** Runs something that speaks of our fields; in what it throws, fields have their names. */
export async function inTheirWords<T>(names: Names, act: () => Promise<T>): Promise<T> {
	try {
		return await act()
	} catch (error) {
		throw isGatewayError(error) ? translated(error, names) : error
	}
}

function translated(error: GatewayError, names: Names): GatewayError {
	const { code, message, facts, cause } = error
	const said = message.replaceAll(
		/`([\w.]+)`/g,
		(_, place: string) => `\`${nameOf(place, names)}\``,
	)
	const field = facts.field === undefined ? {} : { field: nameOf(facts.field, names) }
	return new GatewayError(code, said, { ...facts, ...field, cause })
}

function nameOf(place: string, names: Names): string {
	return (
		names[place] ??
		place
			.split('.')
			.map((step) => names[step] ?? step)
			.join('.')
	)
}
