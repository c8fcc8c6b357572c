import { useEffect, useState } from 'preact/hooks'
import { ask, Problem } from '../data/api.ts'
import { QrPicture } from '../parts/qr-picture.tsx'

/** A QR code, which is another one when `newest` is. */
export function QrCode({ newest }: { newest: string | null }) {
	const [shown, setShown] = useState<{ svg?: string; problem?: Problem; expires?: string }>({})
	const [tries, setTries] = useState(0)
	useEffect(() => {
		ask<{ svg: string; expires_at: string }>('GET', '/api/qr').then(
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
