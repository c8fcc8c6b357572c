/** A time of day; the date on hovering. @param at Unix time in seconds */
export function Clock({ at }: { at: number }) {
	const date = new Date(at * 1000)
	const text = date.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' })
	return (
		<time dateTime={date.toISOString()} title={date.toLocaleString()}>
			{text}
		</time>
	)
}
