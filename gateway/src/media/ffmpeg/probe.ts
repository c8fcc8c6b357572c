import { z } from 'zod'

/** What is in a file of audio or video. */
export type Probe = {
	video: VideoStream | undefined
	/** The codec. */
	audio: string | undefined
	seconds: number | undefined
}

export type VideoStream = {
	codec: string
	pixels: string | undefined
	/** As it is shown: a video that is turned when played is measured turned. */
	width: number
	height: number
}

const stream = z.object({
	codec_type: z.string().optional(),
	codec_name: z.string().default('unknown'),
	pix_fmt: z.string().optional(),
	width: z.number().optional(),
	height: z.number().optional(),
	disposition: z.object({ attached_pic: z.number().default(0) }).optional(),
	side_data_list: z.array(z.object({ rotation: z.number().optional() })).default([]),
})

const output = z.object({
	streams: z.array(stream).default([]),
	format: z.object({ duration: z.coerce.number().optional().catch(undefined) }).default({}),
})

type Stream = z.output<typeof stream>

/** Reads ffprobe's JSON; undefined if there is nothing to hear or see. */
export function parseProbe(json: string): Probe | undefined {
	const { streams, format } = output.parse(JSON.parse(json))
	// The cover of a song is no video.
	const video = streams.find((s) => s.codec_type === 'video' && !s.disposition?.attached_pic)
	const audio = streams.find((s) => s.codec_type === 'audio')
	if (!video && !audio) return undefined
	return {
		video: video && seen(video),
		audio: audio?.codec_name,
		seconds: format.duration,
	}
}

function seen({ codec_name, pix_fmt, width = 0, height = 0, side_data_list }: Stream) {
	const isTurned = side_data_list.some(({ rotation = 0 }) => Math.abs(rotation) % 180 === 90)
	const [shownWidth, shownHeight] = isTurned ? [height, width] : [width, height]
	return { codec: codec_name, pixels: pix_fmt, width: shownWidth, height: shownHeight }
}
