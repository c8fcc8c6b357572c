/** A value as JSON. */
export function Json({ value }: { value: unknown }) {
	return <pre tabIndex={0}>{JSON.stringify(value, null, 2)}</pre>
}
