import { withContenders, type Scenario } from './scenario.ts'

const SIZES = ['100 KB', '1 MB']

/** Says "not yet" until the gateway has a way to send media; then it is to be measured here. */
export const media: Scenario = {
	name: 'media',
	about: 'Images of 100 KB and 1 MB',
	run: (bench) =>
		withContenders(bench, async (contenders) => {
			const paths = (await Promise.all(contenders.map((each) => each.paths?.() ?? []))).flat()
			const note = paths.some((path) => path.endsWith('/messages/image'))
				? 'the gateway can send it now, this benchmark cannot yet'
				: 'not yet: the gateway has no way to send it'
			return SIZES.map((title) => ({ title, figures: [], note }))
		}),
}
