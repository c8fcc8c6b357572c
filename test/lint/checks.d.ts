/** What each check found, as text; empty when there is nothing to say. */
type Findings = Promise<string>

export function lintRepository(): Findings
export function scanSource(): Findings
export function scanPackage(directory: string): Findings
