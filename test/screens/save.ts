import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { ROOT } from '../support/paths.ts'
import type { Box, Page } from './browser.js'

/** Few colors are enough for a panel or a canvas, and make a third of the size. */
const PALETTE = { palette: true, colors: 64, compressionLevel: 9 }

/** Writes a part of the page to a file of the repository. */
export async function save(page: Page, clip: Box, file: string): Promise<void> {
	await page.evaluate('document.fonts.ready')
	const path = join(ROOT, file)
	mkdirSync(dirname(path), { recursive: true })
	await sharp(await page.screenshot({ animations: 'disabled', clip }))
		.png(PALETTE)
		.toFile(path)
	console.log(file)
}
