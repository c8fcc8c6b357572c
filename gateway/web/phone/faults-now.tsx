import { ask } from '../data/api.ts'
import { Button } from '../parts/button.tsx'
import { Notice } from '../parts/notice.tsx'
import { tried } from './acts.ts'
import { endLabel, faultLine } from './fault-kinds.ts'
import type { PhoneState } from './state.ts'

/** What is wrong now, with what ends it. */
export function FaultsNow({ state: { faults, people } }: { state: PhoneState }) {
	const nameOf = (phone: string) => people[phone]?.name ?? phone
	return (
		<>
			{faults.map((fault) => {
				const { type, account } = fault
				const query = new URLSearchParams({ type, ...(account && { account }) })
				const end = () => tried(() => ask('DELETE', `/sandbox/faults?${query}`))
				return (
					<Notice key={`${type} ${account}`} kind="warn">
						{faultLine(fault, nameOf)}
						<Button onClick={end}>{endLabel(fault)}</Button>
					</Notice>
				)
			})}
		</>
	)
}
