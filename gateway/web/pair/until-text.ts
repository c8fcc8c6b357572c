/** When something ends, as people say it: the day only if it is another one. */
export function untilText(moment: string, language: string): string {
	const end = new Date(moment)
	const isToday = end.toDateString() === new Date().toDateString()
	const day = isToday ? {} : ({ dateStyle: 'medium' } as const)
	return new Intl.DateTimeFormat(language, { ...day, timeStyle: 'short' }).format(end)
}
