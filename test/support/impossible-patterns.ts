/** Patterns that cannot be searched for in linear time, and what the refusal names. */
export const impossiblePatterns: [pattern: string, why: RegExp][] = [
	['a(?=b)', /\(\?=/],
	['a(?!b)', /\(\?!/],
	['(?<=a)b', /\(\?<=/],
	['(?<!a)b', /\(\?<!/],
	['(a)\\1', /\\1/],
	['(?<n>a)\\k<n>', /\\k/],
	['(', /Unterminated group/],
	['a{501}', /too large/],
]
