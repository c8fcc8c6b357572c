/**
 * The first language that a person wants and there is: the same one, or one of another region.
 * @param wanted as in `navigator.languages`, best first
 * @example
 * chooseLanguage(['pt-PT', 'en'], ['en', 'pt-BR']) // 'pt-BR'
 */
export function chooseLanguage<Language extends string>(
	wanted: readonly string[],
	known: readonly Language[],
): Language | undefined {
	for (const tag of wanted) {
		const found =
			known.find((each) => each.toLowerCase() === tag.toLowerCase()) ??
			known.find((each) => primaryOf(each) === primaryOf(tag))
		if (found) return found
	}
	return undefined
}

/** `pt` of `pt-BR`. */
const primaryOf = (tag: string) => tag.toLowerCase().split(/[-_]/)[0]
