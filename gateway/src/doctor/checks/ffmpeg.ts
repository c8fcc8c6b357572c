import { examineFfmpeg, type ProgramTrouble } from '../../media/index.ts'
import { fine, warning, type Check, type Finding } from '../check.ts'

/** The oldest that a distribution still has: nothing older was tried. */
const OLDEST = 4

const troubles: Record<ProgramTrouble, string> = {
	missing: 'is not there',
	forbidden: 'may not be run by this user',
	silent: 'did not answer within ten seconds',
	broken: 'cannot be run',
}

export const ffmpegCheck: Check = {
	name: 'ffmpeg',
	title: 'ffmpeg',
	run: ({ config }) => checkFfmpeg(config.FFMPEG_PATH),
}

/** Runs ffmpeg. @param path FFMPEG_PATH */
export async function checkFfmpeg(path: string): Promise<Finding> {
	const facts = await examineFfmpeg(path)
	const install =
		'Install ffmpeg (Debian: apt-get install ffmpeg), or set FFMPEG_PATH to it; ffprobe must be beside it.'
	if ('trouble' in facts)
		return warning(
			`${subjectOf(facts.program, path)} ${troubles[facts.trouble]}, so audio and video that WhatsApp does not play cannot be sent.`,
			facts.trouble === 'forbidden' ? `Make it executable: chmod a+rx ${facts.program}` : install,
		)
	const major = /^n?(\d+)\./.exec(facts.version)?.[1]
	if (major && Number(major) < OLDEST)
		return warning(
			`ffmpeg ${facts.version} is too old: the gateway was made with ${OLDEST} and later.`,
			install,
		)
	return fine(`ffmpeg ${facts.version} and ffprobe can be run.`)
}

const subjectOf = (program: string, ffmpeg: string) =>
	program === ffmpeg ? program : `There is ffmpeg, but ${program}`
