// What is used of playwright-core, which is not installed where types are checked.
export interface Box {
	x: number
	y: number
	width: number
	height: number
}

interface Locator {
	waitFor(): Promise<void>
	boundingBox(): Promise<Box | null>
}

export interface Page {
	goto(url: string): Promise<unknown>
	fill(selector: string, text: string): Promise<void>
	click(selector: string): Promise<void>
	waitForURL(url: RegExp): Promise<void>
	waitForFunction(script: string): Promise<unknown>
	locator(selector: string): Locator
	evaluate<Result>(script: string): Promise<Result>
	addStyleTag(style: { content: string }): Promise<unknown>
	setViewportSize(size: { width: number; height: number }): Promise<void>
	screenshot(options: { animations: 'disabled'; clip: Box }): Promise<Buffer>
}

interface Browser {
	newPage(options: { viewport: { width: number; height: number } }): Promise<Page>
	close(): Promise<void>
}

export declare function openBrowser(executablePath: string): Promise<Browser>
