import { appendFileSync } from 'node:fs'
import { registerHooks } from 'node:module'

// Preloaded into a gateway: writes the name of each package of which it loads a module.
const seen = new Set<string>()
registerHooks({
	load(url, context, next) {
		const [, name] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? []
		if (name && !seen.has(name)) appendFileSync(process.env['PACKAGES_FILE']!, `${name}\n`)
		if (name) seen.add(name)
		return next(url, context)
	},
})
