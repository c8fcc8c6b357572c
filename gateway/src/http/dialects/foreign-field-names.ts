import { GatewayError, isGatewayError } from '../../errors.ts'

/** Another system's names for fields of ours, by full path (`contact.display_name`) or by one step of it (`button_id`). */
export type FieldNames = Record<string, string>

/**
 * Runs `act`; an error that it throws names fields as the other system does.
 * @example await withForeignFieldNames({ phone_number: 'number' }, () => session.pair(number))
 */
export async function withForeignFieldNames<T>(
	names: FieldNames,
	act: () => Promise<T>,
): Promise<T> {
	try {
		return await act()
	} catch (error) {
		throw isGatewayError(error) ? withForeignNames(error, names) : error
	}
}

function withForeignNames(error: GatewayError, names: FieldNames): GatewayError {
	const { code, message, facts, cause } = error
	const text = message.replaceAll(
		/`([\w.]+)`/g,
		(_, path: string) => `\`${foreignNameOf(path, names)}\``,
	)
	const field = facts.field === undefined ? {} : { field: foreignNameOf(facts.field, names) }
	const issues = facts.issues?.map((issue) => ({
		...issue,
		field: foreignNameOf(issue.field, names),
	}))
	return new GatewayError(code, text, { ...facts, ...field, ...(issues && { issues }), cause })
}

function foreignNameOf(path: string, names: FieldNames): string {
	return (
		names[path] ??
		path
			.split('.')
			.map((step) => names[step] ?? step)
			.join('.')
	)
}
