const { copyFile, mkdir, readFile, rm, writeFile } = require('node:fs/promises')
const { basename, dirname, join } = require('node:path')
const { gzipSync } = require('node:zlib')
const esbuild = require('esbuild')
const { dest, parallel, src } = require('gulp')
const prettier = require('prettier')

// encoding: false keeps gulp 5 from reading images as text
const icons = () => src('icons/*.{svg,png}', { encoding: false }).pipe(dest('dist/icons'))
const codex = () => src('nodes/**/*.node.json', { encoding: false }).pipe(dest('dist/nodes'))

const GENERATED = 'nodes/WhatsAppGateway/generated'

/** The operations of WhatsApp Send, from the gateway's definitions of messages. */
async function generate() {
	const { nodeFiles } = await import('./gateway/codegen/n8n/index.ts')
	const style = await prettier.resolveConfig(join(GENERATED, 'index.ts'))
	const format = (text) => prettier.format(text, { ...style, parser: 'typescript' })
	await rm(GENERATED, { recursive: true, force: true })
	await mkdir(join(GENERATED, 'routes'), { recursive: true })
	for (const [name, text] of Object.entries(nodeFiles()))
		await writeFile(join(GENERATED, name), await format(text))
}

/** The tables in the docs that follow from the gateway's definitions. */
async function docs() {
	const { withSettings } = await import('./gateway/codegen/docs/settings-table.ts')
	const { withSilences } = await import('./gateway/codegen/docs/silences-table.ts')
	for (const [path, withTable] of [
		['docs/operating.md', withSettings],
		['docs/events.md', withSilences],
	]) {
		const style = await prettier.resolveConfig(path)
		const page = withTable(await readFile(path, 'utf8'))
		await writeFile(path, await prettier.format(page, { ...style, parser: 'markdown' }))
	}
}

/** What is not ours in the gateway's package, and in what npm installs beside it. */
async function notices() {
	const { noticesText } = await import('./gateway/codegen/inventory/notices.ts')
	const path = 'gateway/THIRD-PARTY-NOTICES.md'
	const style = await prettier.resolveConfig(path)
	await writeFile(path, await prettier.format(noticesText(), { ...style, parser: 'markdown' }))
}

/** What `GET /docs` of the gateway shows the OpenAPI document with. */
const reference = () =>
	src(
		[
			'swagger-ui-bundle.js',
			'swagger-ui-bundle.js.LICENSE.txt',
			'swagger-ui.css',
			'LICENSE',
			'NOTICE',
		].map((name) => require.resolve(`swagger-ui-dist/${name}`)),
		{ encoding: false },
	).pipe(dest('gateway/dist/reference'))

const WEB = 'gateway/dist/web'
const WEB_PAGES = ['console', 'pair', 'phone'].map((name) => `gateway/web/${name}.tsx`)

/** The pages of the gateway: `files.json` says which files belong to which page. */
async function web() {
	await rm(WEB, { recursive: true, force: true })
	const { metafile } = await esbuild.build({
		entryPoints: WEB_PAGES,
		outdir: WEB,
		entryNames: '[name]-[hash]',
		chunkNames: 'chunk-[hash]',
		bundle: true,
		minify: true,
		splitting: true,
		format: 'esm',
		target: 'es2023',
		jsx: 'automatic',
		jsxImportSource: 'preact',
		legalComments: 'none',
		metafile: true,
	})
	const { messageForms } = await import('./gateway/codegen/web/forms.ts')
	await writeFile(join(WEB, 'forms.json'), JSON.stringify(messageForms()))
	await writeFile(join(WEB, 'files.json'), JSON.stringify(pagesOf(metafile)))
	for (const path of [join(WEB, 'forms.json'), ...Object.keys(metafile.outputs)])
		await writeFile(`${path}.gz`, gzipSync(await readFile(path), { level: 9 }))
	await copyFile('icons/gateway.light.svg', join(WEB, 'icon.svg'))
	await copyFile(
		join(dirname(require.resolve('preact/package.json')), 'LICENSE'),
		join(WEB, 'LICENSE-preact'),
	)
}

function pagesOf({ outputs }) {
	const pages = Object.entries(outputs).filter(([, { entryPoint }]) =>
		WEB_PAGES.includes(entryPoint),
	)
	return Object.fromEntries(
		pages.map(([script, { entryPoint, cssBundle, imports }]) => [
			basename(entryPoint, '.tsx'),
			{
				script: basename(script),
				style: basename(cssBundle),
				// The others are loaded when they are needed.
				imports: imports
					.filter(({ kind }) => kind === 'import-statement')
					.map(({ path }) => basename(path)),
			},
		]),
	)
}

const EXTENSION = 'extension/dist'

/** What the browsers want to know that is not the same for both. */
const manifests = {
	chromium: { background: { service_worker: 'worker.js' }, minimum_chrome_version: '129' },
	firefox: {
		background: { scripts: ['worker.js'] },
		// Otherwise Firefox asks a gateway that has no HTTPS over HTTPS.
		content_security_policy: { extension_pages: "script-src 'self'" },
		browser_specific_settings: {
			gecko: { id: 'passkey-helper@whatsapp-gateway.example', strict_min_version: '128.0' },
		},
	},
}

/** The browser extension that confirms passkeys, in a folder for each kind of browser. */
async function extension() {
	await rm(EXTENSION, { recursive: true, force: true })
	const shared = JSON.parse(await readFile('extension/manifest.json', 'utf8'))
	for (const [browser, own] of Object.entries(manifests)) {
		const outdir = join(EXTENSION, browser)
		await esbuild.build({
			entryPoints: ['card', 'signer', 'worker'].map((name) => `extension/src/${name}.ts`),
			outdir,
			bundle: true,
			format: 'iife',
			target: 'es2023',
			charset: 'utf8',
		})
		const manifest = JSON.stringify({ ...shared, ...own }, null, '\t')
		await writeFile(join(outdir, 'manifest.json'), manifest)
	}
}

/** Without its record, tsc would believe that a removed dist is still there. */
const clean = () =>
	Promise.all(
		['dist', '.cache/nodes.tsbuildinfo'].map((path) => rm(path, { recursive: true, force: true })),
	)

exports.generate = generate
exports.docs = docs
exports.notices = notices
exports.reference = reference
exports.web = web
exports.extension = extension
exports.clean = clean
exports.default = parallel(icons, codex)
