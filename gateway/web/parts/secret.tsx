import { Copy } from './copy.tsx'
import { Notice } from './notice.tsx'

/** Something that is shown only now. */
export function Secret({ what, text }: { what: string; text: string }) {
	return (
		<Notice>
			<span>{what}. It is shown only now:</span>
			<code data-copy>{text}</code>
			<Copy text={text} />
		</Notice>
	)
}
