import type { LinkLanguage } from '../../../src/http/links/language.ts'
import { chooseLanguage } from './choose.ts'
import { words as en } from './en.ts'

/** All that the page says. */
export type PairWords = typeof en

/** Each language is a file that is loaded when it is needed. */
const files: Record<LinkLanguage, () => Promise<{ words: PairWords }>> = {
	en: async () => ({ words: en }),
	de: () => import('./de.ts'),
	es: () => import('./es.ts'),
	fr: () => import('./fr.ts'),
	id: () => import('./id.ts'),
	it: () => import('./it.ts'),
	'pt-BR': () => import('./pt-BR.ts'),
}

export type Spoken = { language: LinkLanguage; words: PairWords }

/** The words in the language of a link, or else in one that the browser prefers, or else in English. */
export async function wordsIn(language: LinkLanguage | null): Promise<Spoken> {
	const known = Object.keys(files) as LinkLanguage[]
	const chosen = language ?? chooseLanguage(navigator.languages, known) ?? 'en'
	try {
		return { language: chosen, words: (await files[chosen]()).words }
	} catch {
		// The file is of another version of the page.
		return { language: 'en', words: en }
	}
}
