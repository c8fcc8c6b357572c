/** A number of a message; large ones come as objects, and 0 stands for none. */
export function numberOf(value: unknown): number | undefined {
	return Number(value ?? 0) || undefined
}

/** The name under which one of WhatsApp's numbered choices goes here. */
export function enumName<Name extends string>(
	numbers: Record<Name, number>,
	value: number | null | undefined,
): Name | undefined {
	return (Object.keys(numbers) as Name[]).find((name) => numbers[name] === value)
}

/** The same for choices that are numbered from 0 on. */
export const nameAt = <Name>(
	names: readonly Name[],
	value: number | null | undefined,
): Name | undefined => (value == null ? undefined : names[value])
