import type { Handler } from 'hono'
import { filesOf, type PageFiles } from './files.ts'

/** Serves the HTML of a page. It has no data in it: the page asks for them, and signs in if it must. */
export function shell(page: string, title: string): Handler {
	return async function shell(c) {
		return c.html(html(await filesOf(page), title))
	}
}

function html({ script, style, imports }: PageFiles, title: string): string {
	const preloads = imports.map((name) => `<link rel="modulepreload" href="${at(name)}">`)
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="/console/icon.svg">
<link rel="stylesheet" href="${at(style)}">
${preloads.join('\n')}
<script type="module" src="${at(script)}"></script>
</head>
<body>
<div id="app"></div>
<noscript>This page needs JavaScript.</noscript>
</body>
</html>
`
}

const at = (name: string) => `/console/assets/${name}`
