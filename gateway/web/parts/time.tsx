/** A moment as the clock says it, with its date if that is not today. */
export function Time({ at }: { at: string }) {
	const date = new Date(at)
	const isToday = date.toDateString() === new Date().toDateString()
	const text = isToday ? date.toLocaleTimeString() : date.toLocaleString()
	return <time dateTime={at}>{text}</time>
}
