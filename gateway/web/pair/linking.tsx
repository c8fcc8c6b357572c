import { useEffect, useState } from 'preact/hooks'
import type { LinkNews } from '../../src/http/pages/link/news.ts'
import { openLive } from '../data/live.ts'
import { Notice } from '../parts/notice.tsx'
import { Passkey } from '../parts/passkey/passkey-step.tsx'
import { Tabs } from '../parts/tabs.tsx'
import { askInWords } from './ask-in-words.ts'
import type { LinkPage } from './link-page.ts'
import { PairingCode } from './pairing-code.tsx'
import { QrCode } from './qr-code.tsx'
import { untilText } from './until-text.ts'
import type { Spoken } from './words/index.ts'

// Nobody scans their own screen.
const firstWay = (): 'qr' | 'code' =>
	matchMedia('(pointer: coarse) and (max-width: 720px)').matches ? 'code' : 'qr'

type LinkingProps = { page: LinkPage; spoken: Spoken }

/** Links a phone by a QR code or a code to type, and says when that is done. */
export function Linking({ page, spoken: { words, language } }: LinkingProps) {
	const [way, setWay] = useState(firstWay)
	const { news, isLive } = useLinkNews(page.id)
	// A failure stays until a person begins anew.
	const [dismissed, setDismissed] = useState<LinkNews['passkey']>()
	const who = page.brand ?? undefined
	const { status } = news
	if (status === 'linked') return <p role="status">{words.connected}</p>
	if (status === 'finishing') return <p role="status">{words.finishing}</p>
	const { passkey } = news
	if (passkey && passkey !== dismissed) {
		const send = (path: string, body?: object) =>
			askInWords(words, 'POST', `/${page.id}/api/passkey${path}`, body)
		return (
			<Passkey
				step={passkey}
				answer={(assertion) => send('', assertion)}
				confirm={() => send('/confirm')}
				again={() => setDismissed(passkey)}
			/>
		)
	}
	if (status !== 'waiting' && status !== 'qr' && status !== 'passkey')
		return (
			<p role="status">
				{words.endings[status]} {words.askForNew(who)}
			</p>
		)
	return (
		<>
			{!isLive && <Notice kind="warn">{words.notLive}</Notice>}
			<Tabs
				label={words.howToLink}
				tabs={words.ways}
				chosen={way}
				onChoose={(chosen) => setWay(chosen)}
			/>
			{way === 'qr' ? (
				<QrCode link={page.id} newest={news.qr} words={words} />
			) : (
				<PairingCode link={page.id} words={words} />
			)}
			<p class="quiet">{words.consent(untilText(page.expires_at, language), who)}</p>
		</>
	)
}

function useLinkNews(link: string): { news: LinkNews; isLive: boolean } {
	const [news, setNews] = useState<LinkNews>({ status: 'waiting', qr: null })
	const [isLive, setLive] = useState(true)
	useEffect(
		() =>
			openLive({
				path: `/${link}/api/news`,
				onLive: setLive,
				on: { link: (told: LinkNews) => setNews(told) },
			}),
		[link],
	)
	return { news, isLive }
}
