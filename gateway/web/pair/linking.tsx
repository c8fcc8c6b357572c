import { useEffect, useState } from 'preact/hooks'
import type { LinkNews } from '../../src/http/pages/link/news.ts'
import { openLive } from '../data/live.ts'
import { Notice } from '../parts/notice.tsx'
import { Tabs } from '../parts/tabs.tsx'
import type { LinkPage } from './link-page.ts'
import { PairingCode } from './pairing-code.tsx'
import { QrCode } from './qr-code.tsx'

const ways = { qr: 'Scan a QR code', code: 'Type a code' } as const

const endings: Partial<Record<LinkNews['status'], string>> = {
	expired: 'This link has expired.',
	revoked: 'This link was taken back.',
	used_up: 'Too many codes were asked for with this link.',
	gone: 'This link is no longer valid.',
}

// Nobody scans their own screen.
const firstWay = (): keyof typeof ways =>
	matchMedia('(pointer: coarse) and (max-width: 720px)').matches ? 'code' : 'qr'

/** Links a phone by a QR code or a code to type, and says when that is done. */
export function Linking({ page }: { page: LinkPage }) {
	const [way, setWay] = useState(firstWay)
	const { news, isLive } = useLinkNews()
	const who = page.brand ?? 'whoever sent it'
	if (news.status === 'linked')
		return <p role="status">Connected. You can close this page. Keep WhatsApp on your phone.</p>
	if (news.status === 'finishing') return <p role="status">Finishing on the phone…</p>
	const ending = endings[news.status]
	if (ending)
		return (
			<p role="status">
				{ending} Ask {who} for a new one.
			</p>
		)
	return (
		<>
			{!isLive && <Notice kind="warn">Not live: trying to connect again…</Notice>}
			<Tabs label="How to link" tabs={ways} chosen={way} onChoose={(chosen) => setWay(chosen)} />
			{way === 'qr' ? <QrCode newest={news.qr} /> : <PairingCode />}
			<details>
				<summary>The phone asks for a passkey</summary>
				<p>This version cannot do that step yet. Ask {who} for help.</p>
			</details>
			<p class="quiet">
				Works once, until {timeOf(page.expires_at)}. {who === page.brand ? who : 'The sender'} can
				then read and send messages with your WhatsApp. You can undo it at any time: Linked devices
				on the phone.
			</p>
		</>
	)
}

function useLinkNews(): { news: LinkNews; isLive: boolean } {
	const [news, setNews] = useState<LinkNews>({ status: 'waiting', qr: null })
	const [isLive, setLive] = useState(true)
	useEffect(
		() =>
			openLive({
				path: '/api/news',
				onLive: setLive,
				on: { link: (told: LinkNews) => setNews(told) },
			}),
		[],
	)
	return { news, isLive }
}

const timeOf = (moment: string) =>
	new Date(moment).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
