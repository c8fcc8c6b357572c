/** A picture for demos: a table in a room, drawn here. */
export async function samplePhoto(): Promise<Blob> {
	const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 })
	const pen = canvas.getContext('2d')!
	const parts: [string, number, number, number, number][] = [
		['#cfd8cf', 0, 0, 640, 480],
		['#8a6a4a', 0, 380, 640, 100],
		['#b9824c', 120, 240, 400, 28],
		['#9c6b3b', 150, 268, 24, 150],
		['#9c6b3b', 466, 268, 24, 150],
	]
	for (const [color, ...place] of parts) {
		pen.fillStyle = color
		pen.fillRect(...place)
	}
	return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob!), 'image/jpeg', 0.85))
}

const RATE = 16_000
const SECONDS = 2
const HEADER_BYTES = 44

/** A voice note for demos: two seconds of a rising tone, as WAV. */
export function sampleVoice(): Blob {
	const samples = RATE * SECONDS
	const view = new DataView(new ArrayBuffer(HEADER_BYTES + samples * 2))
	const text = (at: number, said: string) =>
		[...said].forEach((letter, place) => view.setUint8(at + place, letter.charCodeAt(0)))
	text(0, 'RIFF')
	view.setUint32(4, 36 + samples * 2, true)
	text(8, 'WAVEfmt ')
	view.setUint32(16, 16, true)
	view.setUint16(20, 1, true)
	view.setUint16(22, 1, true)
	view.setUint32(24, RATE, true)
	view.setUint32(28, RATE * 2, true)
	view.setUint16(32, 2, true)
	view.setUint16(34, 16, true)
	text(36, 'data')
	view.setUint32(40, samples * 2, true)
	for (let place = 0; place < samples; place++) {
		const time = place / RATE
		const tone = Math.sin(2 * Math.PI * (300 + 100 * time) * time)
		view.setInt16(HEADER_BYTES + place * 2, tone * 8_000, true)
	}
	return new Blob([view.buffer], { type: 'audio/wav' })
}
