import * as parts from '../parts/pairing-code.tsx'
import { askInWords } from './ask-in-words.ts'
import type { PairWords } from './words/index.ts'

export function PairingCode({ link, words }: { link: string; words: PairWords }) {
	const path = `/${link}/api/code`
	const request = (phone: string) =>
		askInWords<parts.Pairing>(words, 'POST', path, { phone_number: phone })
	return <parts.PairingCode request={request} />
}
