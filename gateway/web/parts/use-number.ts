import { useEffect, useState } from 'preact/hooks'

/** The chosen number: the first one that there is, until another one is chosen. @param first its id */
export function useNumber(first: string | undefined) {
	const [number, setNumber] = useState(first ?? '')
	useEffect(() => {
		if (!number && first) setNumber(first)
	}, [number, first])
	return [number, setNumber] as const
}
