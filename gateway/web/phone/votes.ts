/** The options that are chosen after one was pressed. @param most how many may be; 0 for any number */
export function chosenAfter(chosen: string[], pressed: string, most: number): string[] {
	if (chosen.includes(pressed)) return chosen.filter((name) => name !== pressed)
	return most === 1 ? [pressed] : [...chosen, pressed].slice(-(most || Infinity))
}
