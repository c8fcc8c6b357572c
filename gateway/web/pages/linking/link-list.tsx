import { Button } from '../../parts/button.tsx'

export type PairingLink = {
	id: string
	state: 'new' | 'opened' | 'linked' | 'expired' | 'revoked' | 'used_up'
	expires_at: string
	opened_at: string | null
	opened_by: string | null
}

const endings: Partial<Record<PairingLink['state'], string>> = {
	linked: 'Linked',
	expired: 'Expired',
	revoked: 'Taken back',
	used_up: 'Too many codes',
}

type ListProps = { links: PairingLink[]; onRevoke(id: string): void }

/** The links of a number, newest first. */
export function LinkList({ links, onRevoke }: ListProps) {
	return (
		<ul class="stack">
			{links.map((link) => (
				<li key={link.id} class="card head">
					<span>{sentence(link)}</span>
					{!endings[link.state] && (
						<Button sends onClick={() => onRevoke(link.id)}>
							Take back
						</Button>
					)}
				</li>
			))}
		</ul>
	)
}

function sentence({ state, expires_at, opened_at, opened_by }: PairingLink): string {
	const opened = opened_at ? `Opened ${timeOf(opened_at)}, ${opened_by}` : 'Not opened yet'
	return `${opened} · ${endings[state] ?? `until ${timeOf(expires_at)}`}`
}

const timeOf = (moment: string) =>
	new Date(moment).toLocaleString([], { dateStyle: 'short', timeStyle: 'short' })
