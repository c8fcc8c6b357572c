import type { N8n, Workflow } from '../support/n8n.ts'
import type { Box, Page } from './browser.js'
import { save } from './save.ts'

/** What lies over the canvas. */
const NO_CONTROLS = `[data-test-id^="canvas-controls"], .vue-flow__controls, .vue-flow__minimap,
	[data-test-id="canvas-chat"], [class*="executionButtons"], [class*="bottomMenu"],
	[class*="focusPanel"], [data-test-id="node-creator-plus-button"], [class*="nodeButtons"],
	[data-test-id^="execute-workflow-button"]
	{ visibility: hidden !important }`

/** Runs in the browser. */
const AROUND_ALL = `(() => {
	const boxes = [...document.querySelectorAll('.vue-flow__node')].map((node) => node.getBoundingClientRect())
	const left = Math.min(...boxes.map(({ left }) => left))
	const top = Math.min(...boxes.map(({ top }) => top))
	const right = Math.max(...boxes.map(({ right }) => right))
	const bottom = Math.max(...boxes.map(({ bottom }) => bottom))
	return { x: left, y: top, width: right - left, height: bottom - top }
})()`

/** Runs in the browser: true once the canvas has not moved for some frames. */
const STANDS = `(() => {
	const now = document.querySelector('.vue-flow__transformationpane').style.transform
	const { at, frames = 0 } = window.seen ?? {}
	window.seen = { at: now, frames: at === now ? frames + 1 : 0 }
	return window.seen.frames > 20
})()`

/** Space for what n8n shows around the canvas, and for names below nodes. */
const FRAME = { width: 420, height: 340 }
const SCALE = 0.8
/** Names are wider than their nodes, and stand below them. */
const BESIDE = 72
const ABOVE = 24
const BELOW = 56

/** A window in which the whole workflow fits at about the same scale as every other. */
function windowFor({ nodes }: Workflow) {
	const range = (axis: 0 | 1) => {
		const all = nodes.map(({ position }) => position[axis])
		return Math.max(...all) - Math.min(...all) + 200
	}
	return {
		width: Math.max(1100, Math.round(range(0) * SCALE + FRAME.width)),
		height: Math.max(700, Math.round(range(1) * SCALE + FRAME.height)),
	}
}

/** The whole workflow, as n8n shows it when it is opened. */
export async function photographCanvas(page: Page, { url }: N8n, workflow: Workflow, file: string) {
	await page.setViewportSize(windowFor(workflow))
	await page.goto(`${url}/workflow/${workflow.id}`)
	const count = workflow.nodes.length
	await page.waitForFunction(
		`document.querySelectorAll('.vue-flow__node').length === ${count} && document.querySelectorAll('.vue-flow__node img').length > 0`,
	)
	await page.click('[data-test-id="zoom-to-fit"]')
	await page.waitForFunction(STANDS)
	await page.addStyleTag({ content: NO_CONTROLS })
	const { x, y, width, height } = await page.evaluate<Box>(AROUND_ALL)
	const clip = {
		x: Math.max(0, x - BESIDE),
		y: Math.max(0, y - ABOVE),
		width: width + 2 * BESIDE,
		height: height + ABOVE + BELOW,
	}
	await save(page, clip, file)
}
