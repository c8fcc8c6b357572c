import { pngOf } from '../../../lib/png.ts'
import { qrCode } from '../../../lib/qr-code.ts'

/** Dots of the picture for each square of the code, and squares of white around it. */
const SCALE = 8
const MARGIN = 4

/** The picture of a QR code as a data URI. Made at once, as an event is rendered; the same text has the same one. */
export function qrImage(text: string): string {
	const { modules } = qrCode().create(text, { errorCorrectionLevel: 'L' })
	const { size } = modules
	const isDark = (x: number, y: number) => {
		const [column, row] = [x, y].map((dot) => Math.floor(dot / SCALE) - MARGIN) as [number, number]
		const isInside = column >= 0 && row >= 0 && column < size && row < size
		return isInside && modules.get(row, column) !== 0
	}
	const png = pngOf((size + 2 * MARGIN) * SCALE, isDark)
	return `data:image/png;base64,${png.toString('base64')}`
}
