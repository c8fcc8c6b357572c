import { z } from 'zod'

const LONGEST_TAG = 64
export const MOST_TAGS = 50

/** A word by which the owner of many sessions finds some of them. */
export const sessionTag = z
	.string()
	.trim()
	.min(1)
	.max(LONGEST_TAG)
	.meta({ title: 'Tag', examples: ['region:jkt'] })

const once = (tags: readonly string[]) => [...new Set(tags)]

/** The tags of a session, each once, in the order in which they were given. */
export const sessionTags = z
	.array(sessionTag)
	.max(MOST_TAGS)
	.transform(once)
	.meta({
		title: 'Tags',
		description: `Words to find the session by: ${MOST_TAGS} at most, each of ${LONGEST_TAG} characters at most`,
		examples: [['support', 'region:jkt']],
	})

export const withTag = (tags: readonly string[], tag: string): string[] => once([...tags, tag])

export const withoutTag = (tags: readonly string[], tag: string): string[] =>
	tags.filter((each) => each !== tag)
