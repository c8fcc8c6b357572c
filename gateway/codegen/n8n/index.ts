export { nodeFiles } from './files.ts'
