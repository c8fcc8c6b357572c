import { useEffect, useState } from 'preact/hooks'
import type { Problem } from '../data/api.ts'
import { QrPicture } from '../parts/qr-picture.tsx'
import { askInWords } from './ask-in-words.ts'
import type { PairWords } from './words/index.ts'

type QrCodeProps = { link: string; newest: string | null; words: PairWords }

/** A QR code, which is another one when `newest` is. */
export function QrCode({ link, newest, words }: QrCodeProps) {
	const [shown, setShown] = useState<{ svg?: string; problem?: Problem; expires?: string }>({})
	const [tries, setTries] = useState(0)
	useEffect(() => {
		askInWords<{ svg: string; expires_at: string }>(words, 'GET', `/${link}/api/qr`).then(
			({ svg, expires_at }) => setShown({ svg, expires: expires_at }),
			(problem: Problem) => setShown({ problem }),
		)
	}, [newest, tries])
	return (
		<QrPicture
			svg={shown.svg}
			expiresAt={shown.expires}
			problem={shown.problem}
			retry={() => setTries(tries + 1)}
		/>
	)
}
