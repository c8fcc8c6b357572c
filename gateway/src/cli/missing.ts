import type { Config } from '../config/settings.ts'
import { checkFfmpeg } from '../doctor/checks/ffmpeg.ts'
import type { Log } from '../log.ts'

/** Warns of what the gateway runs without, but will need: otherwise the first voice message would be the one to say it. */
export async function sayWhatIsMissing({ FFMPEG_PATH }: Config, log: Log): Promise<void> {
	const { state, sentence, advice } = await checkFfmpeg(FFMPEG_PATH)
	if (state !== 'fine') log.warn(`${sentence} ${advice}`)
}
