const { rm } = require('node:fs/promises')
const { dest, parallel, src } = require('gulp')

// encoding: false keeps gulp 5 from reading images as text
const icons = () => src('icons/*.{svg,png}', { encoding: false }).pipe(dest('dist/icons'))
const codex = () => src('nodes/**/*.node.json', { encoding: false }).pipe(dest('dist/nodes'))

/** Without its record, tsc would believe that a removed dist is still there. */
const clean = () =>
	Promise.all(
		['dist', '.cache/nodes.tsbuildinfo'].map((path) => rm(path, { recursive: true, force: true })),
	)

exports.clean = clean
exports.default = parallel(icons, codex)
